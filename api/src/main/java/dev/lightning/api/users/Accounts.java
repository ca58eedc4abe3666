package dev.lightning.api.users;

import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Problem;
import dev.lightning.api.security.AttemptLimits;
import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.storage.rows.UserRow;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The accounts of the built-in issuer: who may have one, and who has shown to be its owner. */
final class Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");

    private final UserRows rows;
    private final Passwords passwords;
    private final AttemptLimits limits;
    private final Clock clock;

    Accounts(UserRows rows, Passwords passwords, AttemptLimits limits, Clock clock) {
        this.rows = rows;
        this.passwords = passwords;
        this.limits = limits;
        this.clock = clock;
    }

    /** Makes an account without special rights, or throws what is wrong with the wish. */
    void register(String userId, String password) {
        check(userId, password);
        if (AdminAccount.isReserved(userId) || rows.find(userId).isPresent()) {
            throw taken(userId);
        }
        UserRow user = new UserRow(userId, passwords.hash(password), false, false, clock.instant());
        if (!rows.insert(user)) {
            throw taken(userId);
        }
        LOG.info("event=user.registered owner={}", OwnerKeys.builtIn(userId).key());
    }

    /** Passes silently if there is such an account with this password; the same work and the same answer if not. */
    void authenticate(String userId, String password) {
        limits.beforeLogin(userId);
        Optional<String> hash = NAME.matcher(userId).matches()
                ? rows.find(userId).filter(user -> !user.disabled()).map(UserRow::passwordHash)
                : Optional.empty();
        boolean possible = password.codePoints().count() <= PasswordRules.LONGEST;
        if (!possible || !passwords.matches(password, hash)) {
            limits.failedLogin(userId);
            LOG.info("event=login.refused owner={}", OwnerKeys.builtIn(userId).key());
            throw Problem.WRONG_CREDENTIALS.with();
        }
    }

    private static void check(String userId, String password) {
        Findings findings = new Findings();
        findings.require(
                NAME.matcher(userId).matches(),
                "userID",
                "must be 1 to 128 letters, digits and . _ @ + - and start with a letter or digit");
        PasswordRules.objection(userId, password).ifPresent(words -> findings.add("password", words));
        findings.throwIfAny();
    }

    private static RuntimeException taken(String userId) {
        return Problem.CONFLICT.with(
                AdminAccount.isReserved(userId)
                        ? "The user name " + userId + " is reserved"
                        : "The user name " + userId + " is taken");
    }
}
