package dev.lightning.providers.sources;

import java.util.Optional;

/** Knows the credentials that users may name and never see. */
public interface RepoSecrets {
    /**
     * The credentials of this name; empty when there are none, or none that this user may use for this repository, which
     * are not told apart.
     */
    Optional<SourceRequest.Credentials> find(String name, String userId, String url);
}
