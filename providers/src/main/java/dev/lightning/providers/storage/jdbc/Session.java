package dev.lightning.providers.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A connection that prepares each statement once, because SQLite's driver would parse it every time. */
public final class Session implements AutoCloseable {
    /** Turns the current line of a result into a value. */
    @FunctionalInterface
    interface Line<T> {
        T read(ResultSet results) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    public Session(Connection connection) {
        this.connection = connection;
    }

    int update(String sql, Object... parameters) throws SQLException {
        return statement(sql, parameters).executeUpdate();
    }

    <T> List<T> query(String sql, Line<T> line, Object... parameters) throws SQLException {
        try (ResultSet results = statement(sql, parameters).executeQuery()) {
            List<T> lines = new ArrayList<>();
            while (results.next()) {
                lines.add(line.read(results));
            }
            return lines;
        }
    }

    /**
     * Runs the work as one transaction and keeps what it did if its result is worth keeping. Work that throws leaves the
     * transaction open: whoever owns the connection ends both, so that no second failure hides the first.
     */
    <T> T atomically(Database.Work<T> work, Predicate<T> worthKeeping) throws SQLException {
        connection.setAutoCommit(false);
        T result = work.on(this);
        if (worthKeeping.test(result)) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        return result;
    }

    /** Closes the statements and the connection, or gives the connection back to its pool. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement statement(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int index = 0; index < parameters.length; index++) {
            statement.setObject(index + 1, parameters[index]);
        }
        return statement;
    }
}
