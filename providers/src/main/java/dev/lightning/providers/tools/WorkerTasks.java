package dev.lightning.providers.tools;

import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.storage.rows.RepoRows;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows what worker tasks may ask for here, and which repositories their owners have registered. */
public final class WorkerTasks {
    private final RepoRows repositories;
    private final RepoUrls urls;
    private final WorkerTaskRules rules;

    public WorkerTasks(RepoRows repositories, RepoUrls urls, WorkerTaskRules rules) {
        this.repositories = repositories;
        this.urls = urls;
        this.rules = rules;
    }

    public WorkerTaskRules rules() {
        return rules;
    }

    /** What an event's metadata asks for, with everything that is wrong with it by itself. */
    public WorkerTask read(Map<String, ? extends @Nullable Object> metadata) {
        return new WorkerTaskReader(metadata, rules, urls).read();
    }

    /** The registered repository of this name; empty when its owner has none. */
    public Optional<RepoRow> repository(String ownerKey, String name) {
        return repositories.find(ownerKey, name);
    }

    /** What keeps a registered repository from being checked out, null when nothing does. */
    public @Nullable String checkoutProblem(RepoRow repository) {
        return urls.checkoutProblem(repository.url());
    }

    static boolean isAddress(String repo) {
        return repo.indexOf(':') >= 0 || repo.indexOf('/') >= 0;
    }
}
