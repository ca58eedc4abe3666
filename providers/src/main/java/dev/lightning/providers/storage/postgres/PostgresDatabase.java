package dev.lightning.providers.storage.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lightning.providers.storage.jdbc.Database;
import dev.lightning.providers.storage.jdbc.Schema;
import dev.lightning.providers.storage.jdbc.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The pool of connections, which finds the server again by itself, and the meaning of the server's errors. */
final class PostgresDatabase implements Database {
    static final Schema SCHEMA =
            new Schema("db/postgres", 1, "select 1 where to_regclass('flyway_schema_history') is not null");

    private final PostgresSettings settings;
    private final PostgresAddress address;
    private final HikariDataSource pool;
    private volatile boolean upToDate;

    PostgresDatabase(PostgresSettings settings) {
        this.settings = settings;
        this.address = PostgresAddress.parse(settings.url());
        HikariConfig config = new HikariConfig();
        config.setPoolName("lightning");
        config.setDataSource(source(settings.answerTimeout()));
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(Math.min(2, settings.maxConnections()));
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setInitializationFailTimeout(-1);
        this.pool = new HikariDataSource(config);
    }

    private PGSimpleDataSource source(Duration answerTimeout) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toSeconds()));
        source.setSocketTimeout(Math.toIntExact(answerTimeout.toSeconds()));
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false);
        source.setApplicationName("lightning");
        return source;
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        return use(work);
    }

    @Override
    public <T> T write(Work<T> work) throws SQLException {
        return use(work);
    }

    private <T> T use(Work<T> work) throws SQLException {
        if (!upToDate) {
            prepare();
        }
        Connection connection = pool.getConnection();
        try (Session session = new Session(connection)) {
            return work.on(session);
        } catch (SQLException e) {
            pool.evictConnection(connection);
            throw e;
        }
    }

    /** Migrates outside the pool, where a long migration meets no time limit. */
    private synchronized void prepare() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            SCHEMA.bringUpToDate(
                    connection,
                    source(Duration.ZERO),
                    "The database at " + address.server() + " was written by a newer release (store format %d, this"
                            + " release knows %d): start that release, or set DATABASE_URL to another database.");
        }
        upToDate = true;
    }

    @Override
    public @Nullable String troubleBehind(SQLException failure) {
        String state = stateOf(failure);
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "", "08", "57", "58" -> address + " cannot be reached.";
            case "28" -> address + " refuses the user or the password of DATABASE_URL.";
            case "3D" -> address + " does not exist: create the database.";
            case "53" -> address + (state.equals("53100") ? " has a full disk." : " has no room for more work.");
            case "25" -> address + " may only be read right now.";
            case "40", "55" -> address + " is too busy.";
            case "XX" -> address + " has an internal error.";
            default -> null;
        };
    }

    /** Whether a refusal is about our settings, which no waiting will change. */
    static boolean isRefused(Throwable failure) {
        String state = stateOf(failure);
        return state.startsWith("28") || state.startsWith("3D");
    }

    /** The innermost SQL state: the pool wraps what the driver said. */
    private static String stateOf(Throwable failure) {
        String state = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                state = sql.getSQLState();
            }
        }
        return state;
    }

    @Override
    public void close() {
        pool.close();
    }
}
