package dev.lightning.app.temporal;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.workers.WorkerPools;
import dev.lightning.workflows.TaskQueues;
import dev.lightning.workflows.wire.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** How this process talks to Temporal: one connection and one client for API and workers, which eager start needs. */
@Configuration(proxyBeanMethods = false)
class TemporalConfiguration {
    private static final java.time.Duration RECONNECT_QUICKLY = java.time.Duration.ofSeconds(1);

    @Bean(destroyMethod = "close")
    Scope temporalMetrics(MeterRegistry registry) {
        return new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(registry))
                .reportEvery(Duration.ofSeconds(10));
    }

    /** Lazy: nobody connects before the first call, so that Temporal may come later than we do. */
    @Bean(destroyMethod = "shutdown")
    WorkflowServiceStubs workflowServiceStubs(TemporalTarget target, Scope temporalMetrics) {
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(target.address())
                .setMetricsScope(temporalMetrics)
                .setConnectionBackoffResetFrequency(RECONNECT_QUICKLY)
                // Packing saves nothing where nothing is sent over a wire, and the server packs its answers too.
                .setGrpcCompression(target.isOnThisMachine() ? GrpcCompression.NONE : GrpcCompression.GZIP)
                .build());
    }

    @Bean
    DataConverter dataConverter() {
        return Wire.plain();
    }

    @Bean
    WorkflowClient workflowClient(WorkflowServiceStubs stubs, TemporalTarget target, DataConverter wire) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(target.namespace())
                        .setDataConverter(wire)
                        .setIdentity(identity())
                        .build());
    }

    @Bean
    ScheduleClient scheduleClient(WorkflowServiceStubs stubs, TemporalTarget target, DataConverter wire) {
        return ScheduleClient.newInstance(
                stubs,
                ScheduleClientOptions.newBuilder()
                        .setNamespace(target.namespace())
                        .setDataConverter(wire)
                        .build());
    }

    /** Who does the work of a schedule answers for it, so that processes without workers need not know the settings. */
    @Bean
    TemporalSetup temporalSetup(
            WorkflowServiceStubs stubs,
            TemporalTarget target,
            ScheduleClient schedules,
            ObjectProvider<WorkerPools> pools,
            ConfigurableEnvironment environment) {
        HousekeepingSettings settings =
                new SettingsBinder(environment).bind("lightning.housekeeping", HousekeepingSettings.class);
        List<PlatformSchedule> own = new ArrayList<>();
        List<String> queues = served(pools);
        if (queues.contains(TaskQueues.EVENTS)) {
            own.add(new PlatformSchedule(schedules, PlatformSchedules.housekeeping(settings.order())));
        }
        if (queues.contains(TaskQueues.TOOLS)) {
            own.add(new PlatformSchedule(schedules, PlatformSchedules.sweep()));
        }
        return new TemporalSetup(stubs, target, own);
    }

    @Bean
    TemporalWatch temporalWatch(WorkflowClient client, TemporalSetup setup, ObjectProvider<WorkerPools> pools) {
        return new TemporalWatch(client, setup, served(pools));
    }

    private static List<String> served(ObjectProvider<WorkerPools> pools) {
        WorkerPools served = pools.getIfAvailable();
        return served == null ? List.of() : served.queues();
    }

    /** Unique per process, so that a process recognises its own pollers. */
    private static String identity() {
        return "lightning-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }
}
