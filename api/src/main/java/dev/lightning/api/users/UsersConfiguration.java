package dev.lightning.api.users;

import dev.lightning.api.security.AttemptLimits;
import dev.lightning.api.security.AuthSettings;
import dev.lightning.api.security.TokenIssuer;
import dev.lightning.providers.storage.rows.UserRows;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the accounts together, where the settings leave them to us. */
@Configuration(proxyBeanMethods = false)
public class UsersConfiguration {
    @Bean
    Passwords passwords() {
        return Passwords.argon2();
    }

    @Bean
    AdminAccount adminAccount(UserRows rows, Passwords passwords, AdminSettings settings, Clock clock) {
        return new AdminAccount(rows, passwords, settings, clock);
    }

    @Bean
    AccountController accountController(AuthSettings settings, UserRows rows, Passwords passwords, Clock clock) {
        AttemptLimits limits = new AttemptLimits(settings.limits(), clock);
        return new AccountController(
                settings.hasAccounts()
                        ? Optional.of(new AccountController.OwnAccounts(
                                new Accounts(rows, passwords, limits, clock), new TokenIssuer(settings.token(), clock)))
                        : Optional.empty(),
                limits);
    }
}
