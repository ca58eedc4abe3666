package dev.lightning.api.users;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.security.crypto.password.PasswordEncoder;

/** An encoder that costs nothing, counts its work, and can be made to wait. */
final class CountingEncoder implements PasswordEncoder {
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger busiest = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    int operations() {
        return operations.get();
    }

    int busy() {
        return busy.get();
    }

    int busiest() {
        return busiest.get();
    }

    void shutGate() {
        gate = new CountDownLatch(1);
    }

    void openGate() {
        gate.countDown();
    }

    @Override
    public String encode(CharSequence password) {
        work();
        return "hashed " + password;
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
        work();
        return hash.equals("hashed " + password);
    }

    private void work() {
        operations.incrementAndGet();
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try {
            if (!gate.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The gate was never opened");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            busy.decrementAndGet();
        }
    }
}
