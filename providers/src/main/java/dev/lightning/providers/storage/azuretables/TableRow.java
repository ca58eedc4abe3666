package dev.lightning.providers.storage.azuretables;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.PropertiesJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * An entity as one of Azure: its properties as one JSON text, and the mark of the write that made it, by which a repeated
 * write knows its own work. A property holds 64 KiB: what fits is kept as text, for people to read; what is larger is
 * cut into pieces of UTF-8, of which an entity holds twice as much.
 */
final class TableRow {
    /** The property with the mark. */
    static final String MARK = "mark";

    private static final String TEXT = "json";
    private static final String PIECE = "utf";

    /** Azure's own name for it, and the way to say which version an update has seen. */
    private static final String ETAG = "odata.etag";

    /** In UTF-16 units of two bytes. */
    private static final int MAX_TEXT = 32_000;

    private static final int PIECE_BYTES = 65_536;

    /** 1 MiB is the limit for an entity with its keys and names. */
    private static final int MAX_BYTES = 1_040_000;

    private TableRow() {}

    static TableEntity of(String partition, String row, Properties properties, String mark) {
        String json = PropertiesJson.write(properties);
        TableEntity entity = bare(partition, row).addProperty(MARK, mark);
        return json.length() <= MAX_TEXT && isAscii(json)
                ? entity.addProperty(TEXT, json)
                : inPieces(entity, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Azurite takes the parts in which a body arrives for texts of their own, and breaks a character between two of them. */
    private static boolean isAscii(String json) {
        return json.chars().allMatch(unit -> unit < 0x80);
    }

    private static TableEntity inPieces(TableEntity entity, byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A row of " + json.length + " bytes is too large: Azure Tables keep 1 MiB, here " + MAX_BYTES);
        }
        for (int start = 0; start < json.length; start += PIECE_BYTES) {
            byte[] piece = Arrays.copyOfRange(json, start, Math.min(json.length, start + PIECE_BYTES));
            entity.addProperty(PIECE + start / PIECE_BYTES, piece);
        }
        return entity;
    }

    /** Only the keys, which is all that a removal needs. */
    static TableEntity bare(String partition, String row) {
        return new TableEntity(TableKeys.encode(partition), TableKeys.encode(row));
    }

    static TableEntity seen(TableEntity entity, String etag) {
        return entity.addProperty(ETAG, etag);
    }

    /** The row as it is now; a query, because a missing row is an answer here and not an error. */
    static Optional<TableEntity> find(TableClient client, String partition, String row) {
        TableEntity keys = bare(partition, row);
        String filter = "PartitionKey eq '" + keys.getPartitionKey() + "' and RowKey eq '" + keys.getRowKey() + "'";
        return client.listEntities(new ListEntitiesOptions().setFilter(filter), null, null).stream()
                .findFirst();
    }

    static Entity read(TableEntity entity) {
        return new Entity(
                TableKeys.decode(entity.getPartitionKey()),
                TableKeys.decode(entity.getRowKey()),
                PropertiesJson.read(json(entity)),
                entity.getETag());
    }

    private static String json(TableEntity entity) {
        if (entity.getProperty(TEXT) instanceof String text) {
            return text;
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        for (int number = 0; entity.getProperty(PIECE + number) instanceof byte[] piece; number++) {
            json.writeBytes(piece);
        }
        return json.toString(StandardCharsets.UTF_8);
    }

    static boolean hasMark(TableEntity entity, String mark) {
        return mark.equals(entity.getProperty(MARK));
    }
}
