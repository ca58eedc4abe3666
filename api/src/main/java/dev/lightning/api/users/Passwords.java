package dev.lightning.api.users;

import dev.lightning.api.errors.Problem;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Hashes passwords, a few at once, so that logging in cannot use up the machine. */
public final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final PasswordEncoder encoder;
    private final Duration patience;
    private final String nobody;
    private final Semaphore permits = new Semaphore(AT_ONCE, true);

    Passwords(PasswordEncoder encoder, Duration patience, String nobody) {
        this.encoder = encoder;
        this.patience = patience;
        this.nobody = nobody;
    }

    /** Argon2id with 19 MiB, two passes and one lane. */
    public static Passwords argon2() {
        return new Passwords(
                new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES),
                PATIENCE,
                hashOfNothing());
    }

    String hash(String password) {
        return inTurn(() -> encoder.encode(password));
    }

    /** Compares with the hash of an account; without an account it works as hard and says no. */
    boolean matches(String password, Optional<String> hash) {
        boolean matches = inTurn(() -> encoder.matches(password, hash.orElse(nobody)));
        return matches && hash.isPresent();
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.tooManyRequests(patience);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.tooManyRequests(patience);
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    /** A hash of the real form that no password is known for. */
    private static String hashOfNothing() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(MEMORY_KIB, PASSES, LANES, random(SALT_BYTES), random(HASH_BYTES));
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
