package dev.lightning.api.security;

import java.time.Instant;

/** An authentication that ends, so that what stays open beyond a request can end with it. */
public interface Expiring {
    Instant expiresAt();
}
