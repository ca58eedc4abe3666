package dev.lightning.providers.storage.azuretables;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableEntityUpdateMode;
import com.azure.data.tables.models.TableServiceException;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import java.util.List;

/**
 * One change on its way into Azure.
 *
 * <p>The client repeats a request whose answer was lost, and the repetition of what was done is refused. So every write
 * leaves its mark in the row: who is refused looks whether the mark is already there. A removal leaves none; repeated,
 * that of a row that was seen is refused, and its caller looks again.
 */
final class TableChange {
    private static final Written REFUSED = new Written.Refused(0);
    private static final int NOT_FOUND = 404;

    private final TableClient client;
    private final String partition;
    private final String mark;

    /** @param mark of this write and no other */
    TableChange(TableClient client, String partition, String mark) {
        this.client = client;
        this.partition = partition;
        this.mark = mark;
    }

    Written run(Write change) {
        try {
            return apply(change);
        } catch (TableServiceException failure) {
            if (!TableTrouble.isRefusal(failure)) {
                throw failure;
            }
            return refusedUnlessDone(change);
        }
    }

    private Written apply(Write change) {
        return switch (change) {
            case Write.Insert(var row, var properties) ->
                done(client.createEntityWithResponse(
                        TableRow.of(partition, row, properties, mark), null, Context.NONE));
            case Write.Update(var row, var properties, var seen) ->
                replaceSeen(TableRow.seen(TableRow.of(partition, row, properties, mark), seen));
            case Write.Put(var row, var properties) -> replace(TableRow.of(partition, row, properties, mark));
            case Write.Delete(var row) -> remove(TableRow.bare(partition, row));
            case Write.DeleteSeen(var row, var seen) -> removeSeen(TableRow.seen(TableRow.bare(partition, row), seen));
        };
    }

    private Written replaceSeen(TableEntity entity) {
        return done(client.updateEntityWithResponse(entity, TableEntityUpdateMode.REPLACE, true, null, Context.NONE));
    }

    private Written replace(TableEntity entity) {
        return done(client.upsertEntityWithResponse(entity, TableEntityUpdateMode.REPLACE, null, Context.NONE));
    }

    private static Written done(Response<Void> response) {
        return new Written.Done(List.of(whole(response.getHeaders().getValue(HttpHeaderName.ETAG))));
    }

    /** The client drops the last quote of a weak etag from the header of an answer, and not from what it reads. */
    private static String whole(String etag) {
        return etag.startsWith("W/\"") && !etag.endsWith("\"") ? etag + "\"" : etag;
    }

    private Written remove(TableEntity entity) {
        client.deleteEntity(entity.getPartitionKey(), entity.getRowKey());
        return new Written.Done(List.of(""));
    }

    /** The client makes no exception of a row that is not there. */
    private Written removeSeen(TableEntity entity) {
        int status = client.deleteEntityWithResponse(entity, true, null, Context.NONE)
                .getStatusCode();
        return status == NOT_FOUND ? REFUSED : new Written.Done(List.of(""));
    }

    private Written refusedUnlessDone(Write change) {
        return TableRow.find(client, partition, change.row())
                .filter(entity -> TableRow.hasMark(entity, mark))
                .<Written>map(entity -> new Written.Done(List.of(entity.getETag())))
                .orElse(REFUSED);
    }
}
