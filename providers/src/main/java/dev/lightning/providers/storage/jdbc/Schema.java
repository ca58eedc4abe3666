package dev.lightning.providers.storage.jdbc;

import dev.lightning.providers.storage.NewerFormatException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The version of what is stored: refuses what a newer release wrote, and starts Flyway only when there is something to
 * migrate, because it costs a start-up more than all the rest of the store. A release that writes entities that an
 * older one cannot read adds a migration even when the table stays as it is.
 *
 * @param folder where the migrations of the dialect are on the class path
 * @param newest the version of the last of them
 * @param isThere a query with a line when Flyway's table of versions exists
 */
public record Schema(String folder, int newest, String isThere) {
    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final String VERSION =
            "select max(cast(version as integer)) from flyway_schema_history where success";

    /** Makes the schema the one of this release; {@code refusal} is said, with the two versions, when it is newer. */
    public void bringUpToDate(Connection connection, DataSource migrating, String refusal) throws SQLException {
        int version = versionOf(connection);
        if (version > newest) {
            throw new NewerFormatException(refusal.formatted(version, newest));
        }
        if (version < newest) {
            migrate(migrating);
            log.info("event=store.migrated from={} to={}", version, newest);
        }
    }

    private int versionOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return hasLine(statement, isThere) ? number(statement, VERSION) : 0;
        }
    }

    private static boolean hasLine(Statement statement, String query) throws SQLException {
        try (ResultSet results = statement.executeQuery(query)) {
            return results.next();
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet results = statement.executeQuery(query)) {
            return results.next() ? results.getInt(1) : 0;
        }
    }

    private void migrate(DataSource migrating) throws SQLException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(migrating)
                    .locations("classpath:" + folder)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw sqlBehind(e);
        }
    }

    private static SQLException sqlBehind(FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        throw failure;
    }
}
