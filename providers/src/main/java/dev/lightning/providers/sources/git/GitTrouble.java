package dev.lightning.providers.sources.git;

import dev.lightning.providers.sources.SourceCheckout.Result;
import dev.lightning.providers.sources.SourceRequest;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.ObjectId;

/** The one table that says what a failed checkout means; nothing that git or the server said is passed on. */
final class GitTrouble {
    private final GitSettings settings;
    private final SourceRequest request;
    private final GitHttp http;
    private final Budget budget;

    GitTrouble(GitSettings settings, SourceRequest request, GitHttp http, Budget budget) {
        this.settings = settings;
        this.request = request;
        this.http = http;
        this.budget = budget;
    }

    Result told(Exception trouble) {
        if (Thread.currentThread().isInterrupted()) {
            return new Result.Away("The checkout was interrupted");
        }
        if (has(trouble, OutwardNames.AddressRefusedException.class)) {
            return new Result.Rejected("The repository's host leads to a private address");
        }
        if (has(trouble, GitHttp.RedirectRefusedException.class)) {
            return new Result.Rejected("The repository's server leads to another host; give that address instead");
        }
        if (has(trouble, Budget.TooMuchException.class) || has(trouble, TooLargeObjectInPackException.class)) {
            return new Result.Rejected("The repository is larger than a checkout may be: " + settings.maxBytes()
                    + " bytes and 500000 files in all, 100 MiB for one file");
        }
        if (budget.isOver()) {
            return new Result.Rejected("The checkout took longer than " + settings.timeout());
        }
        return refused().orElseGet(() -> unanswered(trouble));
    }

    /** What the server's last answer says by itself. */
    private Optional<Result> refused() {
        int status = http.lastStatus();
        return switch (status) {
            case 401, 403 ->
                Optional.of(new Result.AccessRefused(
                        request.credentials() == null
                                ? "The repository wants credentials; register it with a secret that has them"
                                : "The repository refuses the credentials of its secret"));
            case 404, 410 -> Optional.of(new Result.NotFound("There is no such repository, or not for everybody"));
            case 429 -> Optional.of(new Result.Away("The repository's server asks to wait"));
            default ->
                status >= 500
                        ? Optional.of(new Result.Away("The repository's server has trouble: it answers " + status))
                        : status >= 300
                                ? Optional.of(new Result.Rejected("The repository's server answers " + status))
                                : Optional.empty();
        };
    }

    private Result unanswered(Exception trouble) {
        if (has(trouble, NoRemoteRepositoryException.class)) {
            return new Result.NotFound("There is no such repository");
        }
        if (has(trouble, CorruptObjectException.class) || has(trouble, InvalidPathException.class)) {
            return new Result.Rejected("The repository has content that git refuses");
        }
        String ref = request.ref();
        boolean byId = ref != null && ObjectId.isId(ref);
        if (byId
                && (has(trouble, RemoteRepositoryException.class)
                        || has(trouble, MissingObjectException.class)
                        || has(trouble, IncorrectObjectTypeException.class))) {
            return new Result.RefNotFound(
                    "The repository has no commit " + ref + ", or does not give it away by its id");
        }
        if (has(trouble, UnknownHostException.class)) {
            return new Result.Away("The name of the repository's host is not known");
        }
        if (has(trouble, SSLException.class)) {
            return new Result.Away("The repository's server cannot prove who it is");
        }
        if (has(trouble, ConnectException.class) || has(trouble, SocketException.class)) {
            return new Result.Away("The repository's server cannot be reached");
        }
        return new Result.Away("The checkout broke off");
    }

    private static boolean has(Throwable trouble, Class<? extends Throwable> kind) {
        return Stream.iterate(trouble, cause -> cause != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }
}
