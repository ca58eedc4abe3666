package dev.lightning.providers.storage.sqlite;

import dev.lightning.providers.storage.jdbc.Database;
import dev.lightning.providers.storage.jdbc.Session;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A few connections to the file that stay open, in turn; one that has failed is closed and opened anew. */
final class SessionPool implements AutoCloseable {
    /** Opens one more connection. */
    @FunctionalInterface
    interface Opening {
        Session open() throws SQLException;
    }

    private final Opening opening;
    private final int size;
    private final Duration patience;
    private final Semaphore turns;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    SessionPool(int size, Duration patience, Opening opening) {
        this.size = size;
        this.patience = patience;
        this.opening = opening;
        this.turns = new Semaphore(size, true);
    }

    <T> T use(Database.Work<T> work) throws SQLException {
        awaitTurn();
        try {
            return work(work);
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() throws SQLException {
        try {
            if (closed) {
                throw new SQLNonTransientConnectionException("The store is closed");
            }
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTimeoutException("All connections are busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTimeoutException("Interrupted while waiting for a connection", e);
        }
    }

    private <T> T work(Database.Work<T> work) throws SQLException {
        Session session = idle.poll();
        if (session == null) {
            session = opening.open();
        }
        T result;
        try {
            result = work.on(session);
        } catch (SQLException | RuntimeException | Error e) {
            discard(session, e);
            throw e;
        }
        if (closed) {
            session.close();
        } else {
            idle.push(session);
        }
        return result;
    }

    private static void discard(Session session, Throwable reason) {
        try {
            session.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** Waits for the work that has begun, then closes every connection. */
    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        awaitQuiet();
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            session.close();
        }
    }

    private void awaitQuiet() {
        try {
            turns.tryAcquire(size, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
