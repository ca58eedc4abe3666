package dev.lightning.api.security;

import org.springframework.security.core.AuthenticationException;

/** A token can be neither accepted nor refused, because its issuer's keys cannot be had. */
final class IssuerUnavailableException extends AuthenticationException {
    private static final long serialVersionUID = 1;

    IssuerUnavailableException(Throwable cause) {
        super("The issuer's keys cannot be had", cause);
    }
}
