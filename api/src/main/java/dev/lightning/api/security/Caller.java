package dev.lightning.api.security;

import dev.lightning.workflows.events.Owner;

/**
 * The authenticated user behind a request: the principal of the security context, so a controller takes it as
 * {@code @AuthenticationPrincipal Caller}.
 *
 * @param admin whether this user may see and act for everybody
 */
public record Caller(Owner owner, boolean admin) {}
