package dev.lightning.providers.storage.sqlite;

import dev.lightning.providers.storage.jdbc.Database;
import dev.lightning.providers.storage.jdbc.Schema;
import dev.lightning.providers.storage.jdbc.Session;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** The file and its connections: one writes, so that writers queue here and not in SQLite's busy loop; a few read. */
final class SqliteDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final int WAL_BYTES_KEPT = 16 * 1024 * 1024;
    static final Schema SCHEMA =
            new Schema("db/sqlite", 1, "select 1 from sqlite_master where name = 'flyway_schema_history'");

    private final Path file;
    private final SQLiteDataSource source;
    private final SessionPool writer;
    private final SessionPool readers;
    private volatile boolean upToDate;

    SqliteDatabase(SqliteSettings settings) {
        this.file = settings.file().toAbsolutePath().normalize();
        this.source = source(settings);
        this.writer = new SessionPool(1, settings.busyTimeout(), this::open);
        this.readers = new SessionPool(settings.readers(), settings.busyTimeout(), this::open);
    }

    private SQLiteDataSource source(SqliteSettings settings) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setJournalSizeLimit(WAL_BYTES_KEPT);
        config.setSynchronous(
                SQLiteConfig.SynchronousMode.valueOf(settings.synchronous().name()));
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(Math.toIntExact(settings.busyTimeout().toMillis()));
        SQLiteDataSource configured = new SQLiteDataSource(config);
        configured.setUrl("jdbc:sqlite:" + file);
        return configured;
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        return readers.use(work);
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException {
        requireFile();
        return writer.use(work);
    }

    /** An open connection would go on writing into a file that somebody has deleted, and lose it all at the end. */
    private void requireFile() throws SQLException {
        if (upToDate && Files.notExists(file)) {
            throw new SQLException("deleted", null, SQLiteErrorCode.SQLITE_CANTOPEN.code);
        }
    }

    private Session open() throws SQLException {
        if (!upToDate) {
            prepare();
        }
        return new Session(source.getConnection());
    }

    private synchronized void prepare() throws SQLException {
        create();
        try (Connection connection = source.getConnection()) {
            SCHEMA.bringUpToDate(
                    connection,
                    source,
                    "The home " + file.getParent() + " was written by a newer release (store format %d, this release"
                            + " knows %d): start that release, or set LIGHTNING_HOME to another folder.");
        }
        upToDate = true;
    }

    /** Makes the file readable for its owner only, where the system knows owners: it holds password hashes. */
    private void create() throws SQLException {
        try {
            Path folder = Files.createDirectories(file.getParent());
            if (Files.notExists(file)
                    && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            log.debug("event=store.file.exists file={}", file, e);
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), null, SQLiteErrorCode.SQLITE_CANTOPEN.code, e);
        }
    }

    @Override
    public @Nullable String troubleBehind(SQLException failure) {
        if (failure instanceof SQLTimeoutException) {
            return "The database file " + file + " is too busy.";
        }
        if (failure instanceof SQLNonTransientConnectionException) {
            return "The database file " + file + " is closed.";
        }
        return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode())) {
            case SQLITE_FULL -> "The disk of the database file " + file + " is full.";
            case SQLITE_BUSY, SQLITE_LOCKED -> "The database file " + file + " is locked by another process.";
            case SQLITE_CANTOPEN -> "The database file " + file + " cannot be opened.";
            case SQLITE_READONLY, SQLITE_PERM -> "The database file " + file + " may not be written.";
            case SQLITE_IOERR -> "The database file " + file + " cannot be read or written.";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "The file " + file + " is damaged or not a database.";
            case SQLITE_NOMEM, SQLITE_PROTOCOL, SQLITE_SCHEMA ->
                "The database file " + file + " cannot be used right now.";
            default -> null;
        };
    }

    /** Closes the writer last: the connection that goes last folds the write-ahead log into the file. */
    @Override
    public void close() {
        try (writer) {
            readers.close();
        } catch (SQLException e) {
            log.warn("event=store.close.failed file={} code={}", file, e.getErrorCode());
        }
    }
}
