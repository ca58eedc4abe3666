package dev.lightning.providers.sources.git;

import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.sources.SourceCheckout;
import dev.lightning.providers.sources.SourceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks one commit out of a git repository, without its past, its submodules and its large file storage. The folder has
 * a {@code .git} that knows the commit and its origin; no program of git's and no hook is ever run.
 */
public final class GitCheckout implements SourceCheckout {
    private static final Logger log = LoggerFactory.getLogger(GitCheckout.class);

    /** Git unpacks in memory what is sent as a difference, so there are few at a time and their objects are bounded. */
    private static final int AT_ONCE = 4;

    private static final long LARGEST_OBJECT = 100L << 20;

    private final GitSettings settings;
    private final RepoUrls urls;
    private final DnsResolver names;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    public GitCheckout(GitSettings settings) {
        this(settings, SystemDefaultDnsResolver.INSTANCE);
    }

    GitCheckout(GitSettings settings, DnsResolver names) {
        this.settings = settings;
        this.urls = new RepoUrls(settings.local());
        this.names = new OutwardNames(names, settings.local());
        make(settings.folder());
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of checkouts " + folder + " cannot be used", e);
        }
    }

    @Override
    public Result checkOut(SourceRequest request, Path folder) {
        String problem = urls.checkoutProblem(request.url());
        if (problem != null) {
            return new Result.Rejected("The repository's address " + problem);
        }
        try {
            turns.acquire();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Result.Away("The checkout was interrupted");
        }
        try {
            IsolatedGit.install(settings.folder());
            return inTurn(request, folder);
        } finally {
            turns.release();
        }
    }

    private Result inTurn(SourceRequest request, Path folder) {
        Budget budget = new Budget(settings.timeout(), settings.maxBytes());
        long largest = Math.min(LARGEST_OBJECT, settings.maxBytes());
        try (GitHttp http = new GitHttp(request.url(), names, budget)) {
            try (BoundedRepository repository = BoundedRepository.make(folder, request.url(), largest)) {
                return checkOut(request, repository, http, budget);
            } catch (IOException | URISyntaxException | RuntimeException trouble) {
                log.debug("event=checkout.failed", trouble);
                return new GitTrouble(settings, request, http, budget).told(trouble);
            }
        }
    }

    private Result checkOut(SourceRequest request, Repository repository, GitHttp http, Budget budget)
            throws IOException, URISyntaxException {
        try (Transport transport = Transport.open(repository, new URIish(request.url()))) {
            prepare(transport, request, http);
            Wanted wanted = Wanted.find(transport, request.ref());
            if (wanted == null) {
                return new Result.RefNotFound(
                        request.ref() == null
                                ? "The repository has no commit to check out"
                                : "The repository has no branch, tag or whole commit id " + request.ref());
            }
            transport.fetch(budget, List.of(wanted.spec()));
            try (RevWalk walk = new RevWalk(repository)) {
                RevCommit commit = walk.parseCommit(tip(repository, wanted));
                TreeSize.require(repository, commit.getTree(), budget, settings.maxBytes());
                write(repository, commit, budget);
                name(repository, wanted, commit);
                return new Result.Done(commit.name());
            }
        }
    }

    private static void prepare(Transport transport, SourceRequest request, GitHttp http) {
        transport.setDepth(1);
        transport.setTagOpt(TagOpt.NO_TAGS);
        SourceRequest.Credentials credentials = request.credentials();
        if (credentials != null) {
            transport.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider(credentials.username(), credentials.password()));
        }
        if (transport instanceof TransportHttp overHttp) {
            overHttp.setHttpConnectionFactory(http);
        }
    }

    private static ObjectId tip(Repository repository, Wanted wanted) throws IOException {
        if (wanted.isId()) {
            return ObjectId.fromString(wanted.source());
        }
        Ref kept = repository.exactRef(wanted.kept());
        if (kept == null || kept.getObjectId() == null) {
            throw new IOException("Nothing was fetched");
        }
        return kept.getObjectId();
    }

    private static void write(Repository repository, RevCommit commit, Budget budget) throws IOException {
        DirCacheCheckout files = new DirCacheCheckout(repository, repository.lockDirCache(), commit.getTree());
        files.setFailOnConflict(true);
        files.setProgressMonitor(budget);
        files.checkout();
        budget.require();
    }

    /** What is checked out by a branch's name is that branch; anything else is a commit by itself. */
    private static void name(Repository repository, Wanted wanted, RevCommit commit) throws IOException {
        if (wanted.isBranch()) {
            repository.updateRef(Constants.HEAD).link(wanted.kept());
            return;
        }
        RefUpdate head = repository.updateRef(Constants.HEAD, true);
        head.setNewObjectId(commit);
        head.forceUpdate();
        if (wanted.isOurs()) {
            RefUpdate ours = repository.updateRef(wanted.kept());
            ours.setForceUpdate(true);
            ours.delete();
        }
    }
}
