package dev.lightning.api.security;

import org.springframework.security.core.AuthenticationException;

/** A token can be neither accepted nor refused, because the store with its account cannot be reached. */
final class AccountsUnavailableException extends AuthenticationException {
    private static final long serialVersionUID = 1;

    AccountsUnavailableException(Throwable cause) {
        super("The store cannot be reached", cause);
    }
}
