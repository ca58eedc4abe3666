package dev.lightning.providers.storage.azuretables;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Keys;
import dev.lightning.providers.storage.Page;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of several processes or machines, which share one account: a storage account's table service, Azurite, or
 * Cosmos DB's API for tables, which speaks the same protocol.
 *
 * <p>Reads and transactions of a partition are strongly consistent in all three. A Cosmos DB account must keep its
 * default, session consistency or stronger: several processes that share one with eventual consistency would read old
 * rows. There partitions are found in the order of their keys too, because they are asked for one by one. Its entities
 * may have 2 MiB; the limit here is the smaller one of a storage account, so that rows can move between the two.
 */
public final class AzureTablesEntityStore implements EntityStore {
    private static final Logger log = LoggerFactory.getLogger(AzureTablesEntityStore.class);

    /** The most entities that Azure gives at once. */
    private static final int PAGE = 1000;

    private final AzureTables tables;
    private final String account;
    private final AtomicBoolean available = new AtomicBoolean(true);
    private volatile boolean closed;

    /**
     * Makes the tables that are missing; an account that cannot be reached yet is prepared by the first request that
     * reaches it.
     *
     * @param credentials used only where the account has no connection string
     * @throws IllegalArgumentException when the account's connection string cannot be used
     * @throws StorageUnavailableException when it refuses our key or identity
     * @throws dev.lightning.providers.storage.NewerFormatException when a newer release wrote the tables
     */
    public AzureTablesEntityStore(AzureAccount account, AzureTablesSettings settings, AzureCredentials credentials) {
        this.account = account.shown();
        this.tables = new AzureTables(account, settings, credentials);
        try {
            run(Table.PROBES, _ -> true);
        } catch (StorageUnavailableException away) {
            if (TableTrouble.isRefusedAccess(away)) {
                throw away;
            }
        }
    }

    @Override
    public Optional<Entity> get(Table table, String partition, String row) {
        if (!Keys.isKey(partition) || !Keys.isKey(row)) {
            return Optional.empty();
        }
        return run(table, client -> TableRow.find(client, partition, row)).map(TableRow::read);
    }

    @Override
    public Page scan(Table table, String partition, RowRange range, int limit) {
        Keys.check(range);
        if (!Keys.isKey(partition)) {
            return new Page(List.of(), null);
        }
        String filter = "PartitionKey eq '" + TableKeys.encode(partition)
                + "' and RowKey ge '" + TableKeys.encode(range.from())
                + "' and RowKey lt '" + TableKeys.encode(range.to()) + "'";
        List<Entity> found = run(table, client -> query(client, filter, limit + 1)).stream()
                .map(TableRow::read)
                .toList();
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), found.get(limit).row());
    }

    /** One request a partition, which skips the rows of the one before: a table may have many more rows than partitions. */
    @Override
    public List<String> partitions(Table table, String from, int limit) {
        List<String> partitions = new ArrayList<>();
        String filter = "PartitionKey ge '" + TableKeys.encode(from) + "'";
        while (partitions.size() < limit) {
            String next = filter;
            List<TableEntity> found = run(table, client -> query(client, next, 1));
            if (found.isEmpty()) {
                break;
            }
            String partition = found.getFirst().getPartitionKey();
            partitions.add(TableKeys.decode(partition));
            filter = "PartitionKey gt '" + partition + "'";
        }
        return partitions;
    }

    @Override
    public Written write(Table table, String partition, List<Write> changes) {
        Keys.check(partition, changes);
        String mark = UUID.randomUUID().toString();
        return switch (changes.size()) {
            case 0 -> new Written.Done(List.of());
            case 1 -> run(table, client -> new TableChange(client, partition, mark).run(changes.getFirst()));
            default -> run(table, client -> new TableBatch(client, partition, changes, mark).run());
        };
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The client follows continuation tokens, also from pages with nothing in them. */
    private static List<TableEntity> query(TableClient client, String filter, int limit) {
        ListEntitiesOptions options =
                new ListEntitiesOptions().setFilter(filter).setTop(Math.min(limit, PAGE));
        return client.listEntities(options, null, null).stream().limit(limit).toList();
    }

    private <T> T run(Table table, Function<TableClient, T> work) {
        if (closed) {
            throw new StorageUnavailableException("The store is closed.", new IllegalStateException("closed"));
        }
        try {
            T result = work.apply(tables.client(table));
            if (available.compareAndSet(false, true)) {
                log.info("event=store.available");
            }
            return result;
        } catch (RuntimeException failure) {
            if (TableTrouble.isMissingTable(failure)) {
                tables.forget();
            }
            throw known(TableTrouble.translated(failure, account));
        }
    }

    private RuntimeException known(RuntimeException failure) {
        if (failure instanceof StorageUnavailableException && available.compareAndSet(true, false)) {
            log.warn("event=store.unavailable reason=\"{}\"", failure.getMessage());
        }
        return failure;
    }
}
