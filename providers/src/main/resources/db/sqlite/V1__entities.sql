-- One row layout for every kind of entity. Text compares by its UTF-8 bytes (BINARY), which is the order of the port.
create table entities (
    kind text not null,
    partition_key text not null,
    row_key text not null,
    etag text not null,
    properties text not null,
    primary key (kind, partition_key, row_key)
) without rowid;
