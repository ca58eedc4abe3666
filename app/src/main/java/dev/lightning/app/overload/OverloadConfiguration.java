package dev.lightning.app.overload;

import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.OverloadSettings;
import dev.lightning.api.admission.PostsAtOnce;
import dev.lightning.app.RunsApi;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.workers.WorkerPools;
import dev.lightning.workflows.TaskQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Random;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Admission put together from what this process can measure. */
@Configuration(proxyBeanMethods = false)
@Conditional(RunsApi.class)
class OverloadConfiguration {
    /** What has not ended by then waits for a person, a tool or a service, not for us. */
    private static final Duration HEARS_ENDS = Duration.ofSeconds(60);

    /** Without workers nobody tells of ends: what was accepted in the last seconds stands for what is outstanding. */
    private static final Duration HEARS_NOTHING = Duration.ofSeconds(5);

    @Bean
    OverloadSettings overloadSettings(ConfigurableEnvironment environment) {
        return new SettingsBinder(environment).bind("lightning.overload", OverloadSettings.class);
    }

    @Bean
    MeasuredDelay measuredDelay(WorkflowClient client, MeterRegistry registry) {
        return new MeasuredDelay(client, new WorkerDelay(registry));
    }

    @Bean
    Admission admission(OverloadSettings settings, MeasuredDelay delay, ObjectProvider<WorkerPools> pools) {
        WorkerPools own = pools.getIfAvailable();
        boolean hears = own != null && own.queues().contains(TaskQueues.EVENTS);
        Admission admission =
                new Admission(settings, delay, hears ? HEARS_ENDS : HEARS_NOTHING, System::nanoTime, new Random());
        delay.afterEachLook(admission::figures);
        return admission;
    }

    @Bean
    MeterBinder overloadMetrics(Admission admission, PostsAtOnce posts) {
        return new OverloadMetrics(admission, posts);
    }

    /** Never down: who is overloaded works as much as they can, and a restart would not help. */
    @Bean
    HealthIndicator admissionHealthIndicator(Admission admission) {
        return () -> {
            Admission.Figures figures = admission.figures();
            Health.Builder health = Health.up()
                    .withDetail("overloaded", figures.overloaded())
                    .withDetail("outstanding", figures.outstanding())
                    .withDetail("delayMillis", figures.delay().toMillis());
            return figures.window()
                    .map(window -> health.withDetail("window", window))
                    .orElse(health)
                    .build();
        };
    }
}
