package dev.lightning.providers.storage.jdbc;

/** The statements of the store, together so that their shape can be compared with the primary key they all use. */
final class Sql {
    private static final String OF_THE_ROW = "kind = ? and partition_key = ? and row_key = ?";

    static final String GET = "select etag, properties from entities where " + OF_THE_ROW;

    static final String SCAN = """
            select row_key, etag, properties from entities
            where kind = ? and partition_key = ? and row_key >= ? and row_key < ?
            order by row_key limit ?""";

    static final String INSERT = """
            insert into entities (kind, partition_key, row_key, etag, properties) values (?, ?, ?, ?, ?)
            on conflict (kind, partition_key, row_key) do nothing""";

    static final String PUT = """
            insert into entities (kind, partition_key, row_key, etag, properties) values (?, ?, ?, ?, ?)
            on conflict (kind, partition_key, row_key) do update
            set etag = excluded.etag, properties = excluded.properties""";

    static final String UPDATE = "update entities set etag = ?, properties = ? where " + OF_THE_ROW + " and etag = ?";

    static final String DELETE = "delete from entities where " + OF_THE_ROW;

    static final String DELETE_SEEN = DELETE + " and etag = ?";

    /** Jumps from partition to partition along the primary key, where {@code distinct} would read every row. */
    static final String PARTITIONS = """
            with recursive found (partition_key) as (
                select min(partition_key) from entities where kind = ? and partition_key >= ?
                union all
                select (select min(next.partition_key) from entities as next
                        where next.kind = ? and next.partition_key > found.partition_key)
                from found where found.partition_key is not null
            )
            select partition_key from found where partition_key is not null limit ?""";

    private Sql() {}
}
