package dev.lightning.api.users;

import dev.lightning.api.security.Loopback;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether there is an administrator's account.
 *
 * @param mode {@code LIGHTNING_MODE}, {@code local} or {@code azure}
 * @param bindAddress what the listener is bound to; null or empty for every address of the machine
 * @param password {@code ADMIN_PASSWORD}
 */
public record AdminSettings(
        String mode, @Nullable String bindAddress, @Nullable String password) {
    public AdminSettings {
        mode = mode == null || mode.isBlank() ? "local" : mode.strip();
        password = password == null || password.isEmpty() ? null : password;
    }

    /** Whether the password everybody knows is harmless, because nobody else can reach us. */
    boolean isPrivate() {
        return "local".equals(mode) && Loopback.is(bindAddress);
    }

    /** Leaves the password out, because settings end up in logs. */
    @Override
    public String toString() {
        return "AdminSettings[mode=" + mode + ", bindAddress=" + bindAddress + "]";
    }
}
