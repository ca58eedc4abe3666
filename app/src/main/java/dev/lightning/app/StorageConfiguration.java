package dev.lightning.app;

import dev.lightning.api.tools.ToolSettings;
import dev.lightning.app.home.Home;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import dev.lightning.app.settings.ToolRunSettings;
import dev.lightning.app.settings.WorkerTaskSettings;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.folder.FolderBlobSettings;
import dev.lightning.providers.blobs.folder.FolderBlobStore;
import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.sources.git.GitSettings;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.NewerFormatException;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.postgres.PostgresEntityStore;
import dev.lightning.providers.storage.postgres.PostgresSettings;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.providers.storage.rows.MessageRows;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.providers.storage.rows.ScheduleRows;
import dev.lightning.providers.storage.rows.TaskRows;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.providers.storage.rows.UserRows;
import dev.lightning.providers.storage.sqlite.SqliteEntityStore;
import dev.lightning.providers.storage.sqlite.SqliteSettings;
import dev.lightning.providers.stream.LiveStream;
import dev.lightning.providers.stream.inprocess.InProcessLiveStream;
import dev.lightning.providers.tools.ToolMatcher;
import dev.lightning.providers.tools.WorkerTasks;
import dev.lightning.workflows.tools.ToolSpec;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** What is kept, and where: the store that the settings choose, and the rows that everybody shares. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {
    private final SettingsBinder settings;

    StorageConfiguration(ConfigurableEnvironment environment) {
        this.settings = new SettingsBinder(environment);
    }

    @Bean(destroyMethod = "close")
    EntityStore entityStore(Home home, StorageChoice choice) {
        return opened(() -> switch (choice.rows()) {
            case SQLITE -> new SqliteEntityStore(settings.bind("lightning.storage.sqlite", SqliteSettings.class));
            case POSTGRES ->
                new PostgresEntityStore(settings.bind("lightning.storage.postgres", PostgresSettings.class));
            case AZURE_TABLE -> new AzureStores(settings).tables();
            case AZURE_COSMOS -> new AzureStores(settings).cosmos();
        });
    }

    @Bean
    BlobStore blobStore(StorageChoice choice) {
        return opened(() -> switch (choice.blobs()) {
            case FOLDER -> new FolderBlobStore(settings.bind("lightning.blobs.folder", FolderBlobSettings.class));
            case AZURE_BLOB -> new AzureStores(settings).blobs();
        });
    }

    /** A store that cannot be used is one line; what is only away is waited for by whoever calls it. */
    private static <T> T opened(Supplier<T> store) {
        try {
            return store.get();
        } catch (NewerFormatException | StorageUnavailableException | IllegalArgumentException unusable) {
            throw new StartFailure(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    UserRows userRows(EntityStore store) {
        return new UserRows(store);
    }

    @Bean
    EventRows eventRows(EntityStore store) {
        return new EventRows(store);
    }

    @Bean
    MessageRows messageRows(EntityStore store, BlobStore blobs, Clock clock) {
        return new MessageRows(store, blobs, clock);
    }

    @Bean
    EffectLedger effectLedger(EntityStore store, BlobStore blobs, Clock clock) {
        return new EffectLedger(store, blobs, clock);
    }

    @Bean
    ScheduleRows scheduleRows(EntityStore store) {
        return new ScheduleRows(store);
    }

    @Bean
    RepoRows repoRows(EntityStore store) {
        return new RepoRows(store);
    }

    @Bean
    ToolRows toolRows(EntityStore store) {
        return new ToolRows(store);
    }

    @Bean
    TaskRows taskRows(EntityStore store) {
        return new TaskRows(store);
    }

    @Bean
    ToolMatcher toolMatcher(ToolRows rows) {
        return new ToolMatcher(rows, ToolSpec.PLATFORM);
    }

    @Bean
    GitSettings gitSettings(ProcessSettings process) {
        GitSettings git = settings.bind("lightning.sources.git", GitSettings.class);
        SettingsCheck.requireSources(git, process.isOwnMachine());
        return git;
    }

    @Bean
    RepoUrls repoUrls(GitSettings git) {
        return new RepoUrls(git.local());
    }

    @Bean
    WorkerTasks workerTasks(RepoRows rows, RepoUrls urls, ToolRunSettings tools, ProcessSettings process) {
        WorkerTaskSettings tasks = settings.bind("lightning.worker-task", WorkerTaskSettings.class);
        ToolSettings limits = settings.bind("lightning.tools", ToolSettings.class);
        return new WorkerTasks(rows, urls, opened(() -> tasks.rules(tools.offered(process.isOwnMachine()), limits)));
    }

    @Bean
    ToolRunSettings toolRunSettings() {
        return settings.bind("lightning.runtime", ToolRunSettings.class);
    }

    @Bean
    LiveStream liveStream() {
        return new InProcessLiveStream();
    }
}
