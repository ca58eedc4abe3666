package dev.lightning.bench.compare;

/** The Temporal servers that are measured on. */
enum ServerKind {
    EMBEDDED("embedded server, SQLite file"),
    POSTGRES("Temporal server, PostgreSQL");

    final String title;

    ServerKind(String title) {
        this.title = title;
    }
}
