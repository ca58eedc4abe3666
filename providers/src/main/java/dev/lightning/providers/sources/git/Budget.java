package dev.lightning.providers.sources.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** How much longer and how much more one checkout may go on; asked on every read, and by git between its steps. */
final class Budget extends EmptyProgressMonitor {
    private final long until;
    private final long mostBytes;
    private long bytes;

    Budget(Duration time, long mostBytes) {
        this.until = System.nanoTime() + time.toNanos();
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean isCancelled() {
        return isOver() || Thread.currentThread().isInterrupted();
    }

    boolean isOver() {
        return System.nanoTime() - until > 0;
    }

    /** What is left, at least a millisecond. */
    Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime()));
    }

    /** Throws once the time is over. */
    void require() throws IOException {
        if (isCancelled()) {
            throw new IOException("The time for the checkout is over");
        }
    }

    private void spend(int read) throws IOException {
        bytes += Math.max(0, read);
        if (bytes > mostBytes) {
            throw new TooMuchException("The repository sends more than a checkout may fetch");
        }
        require();
    }

    /** Counts what is read, also the rest that is read at the end; takes how to break off where that is too much. */
    InputStream counted(InputStream content, Runnable breakOff) {
        return new Counted(content, breakOff);
    }

    private final class Counted extends FilterInputStream {
        private static final int REST = 8 << 10;

        private final Runnable breakOff;

        Counted(InputStream content, Runnable breakOff) {
            super(content);
            this.breakOff = breakOff;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            spend(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            spend(read);
            return read;
        }

        @Override
        public void close() throws IOException {
            try {
                byte[] rest = new byte[REST];
                int read = read(rest, 0, REST);
                while (read >= 0) {
                    read = read(rest, 0, REST);
                }
                super.close();
            } catch (IOException enough) {
                breakOff.run();
            }
        }
    }

    /** More than a checkout may fetch or leave. */
    static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1;

        TooMuchException(String message) {
            super(message);
        }
    }
}
