package dev.lightning.app;

import dev.lightning.activities.events.EventDocuments;
import dev.lightning.activities.tools.Checkouts;
import dev.lightning.activities.tools.CompletedRuns;
import dev.lightning.activities.tools.OpenWorkflows;
import dev.lightning.activities.tools.OutputCollector;
import dev.lightning.activities.tools.RunQueues;
import dev.lightning.activities.tools.Scratch;
import dev.lightning.activities.tools.SecretValues;
import dev.lightning.activities.tools.SweepActivitiesImpl;
import dev.lightning.activities.tools.ToolActivitiesImpl;
import dev.lightning.activities.tools.ToolRunActivitiesImpl;
import dev.lightning.activities.tools.WorkerTaskSpecs;
import dev.lightning.api.tasks.LiveOutput;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.ToolRunSettings;
import dev.lightning.app.temporal.TemporalTarget;
import dev.lightning.providers.Sha256;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.runtime.ToolRuntime;
import dev.lightning.providers.runtime.docker.DockerRuntime;
import dev.lightning.providers.runtime.docker.DockerRuntimeSettings;
import dev.lightning.providers.runtime.process.ProcessRuntime;
import dev.lightning.providers.runtime.process.ProcessRuntimeSettings;
import dev.lightning.providers.sources.FolderRepoSecrets;
import dev.lightning.providers.sources.git.GitCheckout;
import dev.lightning.providers.sources.git.GitSettings;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.providers.tools.WorkerTasks;
import dev.lightning.workflows.tools.SweepActivities;
import dev.lightning.workflows.tools.ToolActivities;
import dev.lightning.workflows.tools.ToolRunActivities;
import io.temporal.client.WorkflowClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** How tools run: the runtimes that the settings allow, and the activities on them. */
@Configuration(proxyBeanMethods = false)
@Conditional(RunsWorkers.class)
class ToolRunsConfiguration {
    private static final int INSTANCE_LENGTH = 12;

    /** What this process can run tools with; closed after the workers have stopped. */
    record Runtimes(String instance, List<ToolRuntime> all) implements AutoCloseable {
        @Override
        public void close() {
            all.forEach(ToolRuntime::close);
        }
    }

    private final SettingsBinder settings;

    ToolRunsConfiguration(ConfigurableEnvironment environment) {
        this.settings = new SettingsBinder(environment);
    }

    @Bean
    Runtimes toolRuntimes(ToolRunSettings tools, ProcessSettings process, TemporalTarget temporal, Clock clock) {
        String instance = instance(process, temporal);
        return new Runtimes(
                instance,
                tools.offered(process.isOwnMachine()).stream()
                        .map(kind -> runtime(kind, instance, clock))
                        .toList());
    }

    private ToolRuntime runtime(String kind, String instance, Clock clock) {
        if (kind.equals(ToolRunSettings.PROCESS)) {
            return new ProcessRuntime(settings.bind("lightning.runtime.process", ProcessRuntimeSettings.class));
        }
        if (kind.equals(ToolRunSettings.ACI)) {
            return new AzureRuntimes(settings, instance, clock).aci();
        }
        if (kind.equals(ToolRunSettings.VM)) {
            return new AzureRuntimes(settings, instance, clock).vm();
        }
        DockerRuntimeSettings docker = settings.bind("lightning.runtime.docker", DockerRuntimeSettings.class);
        return new DockerRuntime(docker.ofInstance(instance), clock);
    }

    /** The same for all processes on one Temporal, and another for every home on every machine. */
    private static String instance(ProcessSettings process, TemporalTarget temporal) {
        String where =
                temporal.owned() ? machine() + "\n" + process.home() : temporal.address() + "\n" + temporal.namespace();
        return Sha256.hex(where).substring(0, INSTANCE_LENGTH);
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    @Bean
    ToolActivities toolActivities(
            ToolMatcher matcher,
            ToolRows definitions,
            WorkerTasks workerTasks,
            TaskRows tasks,
            BlobStore blobs,
            EffectLedger ledger,
            WorkflowClient client,
            ToolRunSettings tools) {
        return new ToolActivitiesImpl(
                matcher,
                definitions,
                new WorkerTaskSpecs(workerTasks),
                tasks,
                new EventDocuments(blobs),
                new CompletedRuns(ledger),
                new RunQueues(client, tools.perUser()),
                new OpenWorkflows(client));
    }

    @Bean
    Checkouts checkouts(GitSettings git, RepoRows repositories) {
        return new Checkouts(
                new GitCheckout(git),
                new FolderRepoSecrets(git.secretsFolder()),
                repositories,
                new Scratch(git.folder()));
    }

    @Bean
    ToolRunActivities toolRunActivities(
            Runtimes runtimes, ToolRows rows, Checkouts checkouts, BlobStore blobs, ProcessSettings process) {
        return new ToolRunActivitiesImpl(
                runtimes.instance(),
                runtimes.all(),
                new SecretValues(rows),
                checkouts,
                new EventDocuments(blobs),
                new OutputCollector(blobs, new Scratch(process.home().resolve("collecting"))));
    }

    @Bean
    LiveOutput liveOutput(Runtimes runtimes) {
        return new RuntimeOutput(runtimes.instance(), runtimes.all());
    }

    @Bean
    SweepActivities sweepActivities(Runtimes runtimes, WorkflowClient client) {
        return new SweepActivitiesImpl(runtimes.all(), new OpenWorkflows(client));
    }
}
