package dev.lightning.providers.storage.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What differs between the relational stores: how a connection is found, and what its errors mean. */
public interface Database extends AutoCloseable {
    /** What is done on one connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /** Runs the work where reading is allowed; when it throws, its transaction is undone. */
    <T> T read(Work<T> work) throws SQLException;

    /** Runs the work where writing is allowed; when it throws, its transaction is undone. */
    <T> T write(Work<T> work) throws SQLException;

    /** One sentence for the operator when trying again later may help, null when the statement itself is wrong. */
    @Nullable
    String troubleBehind(SQLException failure);

    @Override
    void close();
}
