package dev.lightning.api.users;

import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's account, which no registration can make: it exists with the founding documents' password on a
 * laptop's loopback address, elsewhere only with a password that the operator has set.
 */
public final class AdminAccount {
    private static final Logger LOG = LoggerFactory.getLogger(AdminAccount.class);
    private static final String NAME = "admin";
    private static final String KNOWN_PASSWORD = "admin";

    private final UserRows rows;
    private final Passwords passwords;
    private final AdminSettings settings;
    private final Clock clock;

    /** Fails with one line when the operator's password is not good enough. */
    public AdminAccount(UserRows rows, Passwords passwords, AdminSettings settings, Clock clock) {
        this.rows = rows;
        this.passwords = passwords;
        this.settings = settings;
        this.clock = clock;
        String password = settings.password();
        if (password != null) {
            PasswordRules.objection(NAME, password).ifPresent(words -> {
                throw new IllegalArgumentException("ADMIN_PASSWORD " + words);
            });
        }
    }

    static boolean isReserved(String userId) {
        return NAME.equalsIgnoreCase(userId);
    }

    /** Brings the stored account in line with the settings; call it before the listener opens. */
    public void ensure() {
        Optional<UserRow> stored = rows.find(NAME);
        String password = settings.password();
        if (password == null && settings.isPrivate()) {
            password = KNOWN_PASSWORD;
        }
        if (password != null) {
            keep(stored, password);
        } else if (stored.isPresent()) {
            rows.delete(NAME);
            LOG.info("event=admin.account.removed reason=\"ADMIN_PASSWORD is not set\"");
        }
    }

    private void keep(Optional<UserRow> stored, String password) {
        if (stored.filter(UserRow::admin).isPresent()
                && passwords.matches(password, stored.map(UserRow::passwordHash))) {
            return;
        }
        boolean disabled = stored.map(UserRow::disabled).orElse(false);
        rows.put(new UserRow(
                NAME,
                passwords.hash(password),
                true,
                disabled,
                stored.map(UserRow::createdAt).orElseGet(clock::instant)));
        LOG.info("event=admin.account.set");
    }
}
