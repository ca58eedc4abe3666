package dev.lightning.activities.tools;

import dev.lightning.providers.sources.RepoSecrets;
import dev.lightning.providers.sources.SourceCheckout;
import dev.lightning.providers.sources.SourceCheckout.Result;
import dev.lightning.providers.sources.SourceRequest;
import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.tools.Checkout;
import dev.lightning.workflows.tools.CheckoutFailure;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the sources of runs to this machine, with credentials that exist nowhere else than here and only meanwhile. */
public final class Checkouts {
    private static final Logger log = LoggerFactory.getLogger(Checkouts.class);
    private final SourceCheckout sources;
    private final RepoSecrets secrets;
    private final RepoRows repositories;
    private final Scratch scratch;

    public Checkouts(SourceCheckout sources, RepoSecrets secrets, RepoRows repositories, Scratch scratch) {
        this.sources = sources;
        this.secrets = secrets;
        this.repositories = repositories;
        this.scratch = scratch;
    }

    /** A checkout on this machine, which is gone when it is closed. */
    record Sources(Scratch.Room room) implements AutoCloseable {
        Path files() {
            return room.path().resolve("files");
        }

        @Override
        public void close() {
            room.close();
        }
    }

    /** Fetches what a run works on; throws what that means for the run. */
    Sources fetch(Owner owner, Checkout checkout) {
        SourceRequest request = new SourceRequest(checkout.url(), checkout.ref(), credentials(owner, checkout));
        Sources fetched = new Sources(place());
        try {
            String commit = done(sources.checkOut(request, fetched.files()));
            log.info("event=task.checked_out owner={} repository={} commit={}", owner.key(), name(checkout), commit);
            return fetched;
        } catch (RuntimeException notDone) {
            fetched.close();
            throw notDone;
        }
    }

    private SourceRequest.@Nullable Credentials credentials(Owner owner, Checkout checkout) {
        String name = checkout.repository();
        if (name == null) {
            return null;
        }
        RepoRow repository = repositories
                .find(owner.key(), name)
                .filter(row -> row.url().equals(checkout.url()))
                .orElseThrow(() -> stop(
                        CheckoutFailure.REPOSITORY_UNKNOWN, "The repository " + name + " is no longer registered so"));
        String secret = repository.secretRef();
        return secret == null
                ? null
                : secrets.find(secret, owner.userId(), checkout.url())
                        .orElseThrow(() -> stop(
                                CheckoutFailure.SECRET_UNKNOWN,
                                "There is no secret " + secret + " for you and the repository " + name));
    }

    private static String done(Result result) {
        return switch (result) {
            case Result.Done(String commit) -> commit;
            case Result.NotFound(String message) -> throw stop(CheckoutFailure.REPOSITORY_NOT_FOUND, message);
            case Result.AccessRefused(String message) -> throw stop(CheckoutFailure.ACCESS_REFUSED, message);
            case Result.RefNotFound(String message) -> throw stop(CheckoutFailure.REF_NOT_FOUND, message);
            case Result.Rejected(String message) -> throw stop(CheckoutFailure.REJECTED, message);
            case Result.Away(String message) -> {
                log.warn("event=repository.away reason=\"{}\"", message);
                throw ApplicationFailure.newFailure(message, CheckoutFailure.UNAVAILABLE.type());
            }
        };
    }

    private static ApplicationFailure stop(CheckoutFailure failure, String message) {
        return ApplicationFailure.newNonRetryableFailure(message, failure.type());
    }

    private static String name(Checkout checkout) {
        return checkout.repository() == null ? "" : checkout.repository();
    }

    private Scratch.Room place() {
        try {
            return scratch.make();
        } catch (IOException trouble) {
            log.warn("event=checkout.no_place", trouble);
            throw ApplicationFailure.newFailure(
                    "The worker's folder of checkouts cannot be used", CheckoutFailure.UNAVAILABLE.type());
        }
    }
}
