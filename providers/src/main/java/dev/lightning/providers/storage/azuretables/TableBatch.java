package dev.lightning.providers.storage.azuretables;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionAction;
import com.azure.data.tables.models.TableTransactionActionType;
import com.azure.data.tables.models.TableTransactionFailedException;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several changes of a partition on their way into Azure, as one transaction. As with {@link TableChange}, who is refused
 * looks whether the mark of this very write is already in a row.
 */
final class TableBatch {
    /** Stands for what somebody has overwritten since: no row ever has it. */
    private static final String OVERWRITTEN = "W/\"datetime'2000-01-01T00%3A00%3A00.0000000Z'\"";

    private static final List<String> KEYS = List.of("PartitionKey", "RowKey");

    private final TableClient client;
    private final String partition;
    private final List<Write> changes;
    private final String mark;

    /** @param mark of this write and no other */
    TableBatch(TableClient client, String partition, List<Write> changes, String mark) {
        this.client = client;
        this.partition = partition;
        this.changes = changes;
        this.mark = mark;
    }

    /** Leaves out, one by one, rows to be removed that are gone: Azure would refuse the whole for each of them. */
    Written run() {
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, changes.size()).boxed().toList());
        while (!open.isEmpty()) {
            try {
                client.submitTransaction(open.stream().map(this::action).toList());
                return done();
            } catch (TableTransactionFailedException failure) {
                if (!TableTrouble.isRefusal(failure)) {
                    throw failure;
                }
                int place = Objects.requireNonNullElse(failure.getFailedTransactionActionIndex(), 0);
                int refused = open.get(place);
                if (!isGone(changes.get(refused), failure)) {
                    return isDoneAlready() ? done() : new Written.Refused(refused);
                }
                open.removeIf(index -> index == refused);
            }
        }
        return done();
    }

    private static boolean isGone(Write change, TableTransactionFailedException failure) {
        return change instanceof Write.Delete && TableTrouble.isMissingRow(failure);
    }

    private TableTransactionAction action(int index) {
        return switch (changes.get(index)) {
            case Write.Insert(var row, var properties) ->
                new TableTransactionAction(
                        TableTransactionActionType.CREATE, TableRow.of(partition, row, properties, mark));
            case Write.Update(var row, var properties, var seen) ->
                new TableTransactionAction(
                        TableTransactionActionType.UPDATE_REPLACE,
                        TableRow.seen(TableRow.of(partition, row, properties, mark), seen),
                        true);
            case Write.Put(var row, var properties) ->
                new TableTransactionAction(
                        TableTransactionActionType.UPSERT_REPLACE, TableRow.of(partition, row, properties, mark));
            case Write.Delete(var row) ->
                new TableTransactionAction(TableTransactionActionType.DELETE, TableRow.bare(partition, row));
            case Write.DeleteSeen(var row, var seen) ->
                new TableTransactionAction(
                        TableTransactionActionType.DELETE, TableRow.seen(TableRow.bare(partition, row), seen), true);
        };
    }

    /** All or nothing is written, so one row with the mark tells of all. */
    private boolean isDoneAlready() {
        return !written().isEmpty();
    }

    /** The client drops the etags that a transaction is answered with; what was overwritten since has one that fits nothing. */
    private Written done() {
        Map<String, String> written = written();
        return new Written.Done(changes.stream()
                .map(change -> leavesARow(change) ? written.getOrDefault(change.row(), OVERWRITTEN) : "")
                .toList());
    }

    /** The etags of the rows that have the mark of this write, by row. */
    private Map<String, String> written() {
        List<String> rows = changes.stream()
                .filter(TableBatch::leavesARow)
                .map(change -> TableKeys.encode(change.row()))
                .sorted()
                .toList();
        if (rows.isEmpty()) {
            return Map.of();
        }
        String filter = "PartitionKey eq '" + TableKeys.encode(partition) + "' and RowKey ge '" + rows.getFirst()
                + "' and RowKey le '" + rows.getLast() + "' and " + TableRow.MARK + " eq '" + mark + "'";
        return client.listEntities(new ListEntitiesOptions().setFilter(filter).setSelect(KEYS), null, null).stream()
                .collect(Collectors.toMap(entity -> TableKeys.decode(entity.getRowKey()), TableEntity::getETag));
    }

    private static boolean leavesARow(Write change) {
        return switch (change) {
            case Write.Insert _, Write.Update _, Write.Put _ -> true;
            case Write.Delete _, Write.DeleteSeen _ -> false;
        };
    }
}
