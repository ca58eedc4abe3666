-- One row layout for every kind of entity. COLLATE "C" compares by UTF-8 bytes, which is the order of the port.
-- text and not jsonb, which would refuse U+0000 and half pairs that a string property may hold.
create table entities (
    kind text collate "C" not null,
    partition_key text collate "C" not null,
    row_key text collate "C" not null,
    etag text not null,
    properties text not null,
    primary key (kind, partition_key, row_key)
);
