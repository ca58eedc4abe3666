package dev.lightning.providers.storage.rows;

import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registered repositories of each user by name; the partition is the owner key. */
public final class RepoRows {
    private static final long FORMAT = 1;
    private static final RowRange ALL = RowRange.prefix("");

    private final EntityStore store;

    public RepoRows(EntityStore store) {
        this.store = store;
    }

    /** A stretch of a user's repositories in the order of their names; {@code nextRow} is null on the last page. */
    public record Listed(List<RepoRow> rows, @Nullable String nextRow) {
        public Listed {
            rows = List.copyOf(rows);
        }
    }

    public Optional<RepoRow> find(String ownerKey, String name) {
        return store.get(Table.REPOS, ownerKey, name).map(RepoRows::read);
    }

    /** Writes a new row; false when the name is taken. */
    public boolean insert(String ownerKey, RepoRow row) {
        return store.write(Table.REPOS, ownerKey, new Write.Insert(row.name(), written(row)))
                .isDone();
    }

    public void delete(String ownerKey, String name) {
        store.write(Table.REPOS, ownerKey, new Write.Delete(name));
    }

    /** The page that starts at {@code firstRow}, or the first page. */
    public Listed list(String ownerKey, @Nullable String firstRow, int limit) {
        RowRange range = firstRow == null ? ALL : ALL.startingAt(firstRow);
        Page page = store.scan(Table.REPOS, ownerKey, range, limit);
        return new Listed(page.entities().stream().map(RepoRows::read).toList(), page.nextRow());
    }

    private static Properties written(RepoRow row) {
        return Properties.format(FORMAT)
                .put("url", row.url())
                .put("defaultRef", row.defaultRef())
                .put("secretRef", row.secretRef())
                .put("createdAt", row.createdAt())
                .build();
    }

    private static RepoRow read(Entity entity) {
        Properties properties = entity.properties();
        return new RepoRow(
                entity.row(),
                properties.requireText("url"),
                properties.text("defaultRef"),
                properties.text("secretRef"),
                properties.requireInstant("createdAt"));
    }
}
