package dev.lightning.providers.sources.git;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * What a ref means in a repository.
 *
 * @param source what the server is asked for: a full ref or a commit's id
 * @param kept the ref under which it is kept here
 */
record Wanted(String source, String kept) {
    private static final String OURS = "refs/lightning/checkout";

    boolean isBranch() {
        return kept.startsWith(Constants.R_HEADS);
    }

    /** Whether it is a commit by its id, which git fetches without giving it a name. */
    boolean isId() {
        return ObjectId.isId(source);
    }

    RefSpec spec() {
        return new RefSpec(isId() ? source : "+" + source + ":" + kept);
    }

    boolean isOurs() {
        return kept.equals(OURS);
    }

    /** The default, a branch, a tag, a full ref or a whole commit id, in this order; null when there is none. */
    static @Nullable Wanted find(Transport transport, @Nullable String ref) throws IOException {
        List<String> candidates = ref == null
                ? List.of(Constants.HEAD)
                : Stream.of(Constants.R_HEADS + ref, Constants.R_TAGS + ref, ref)
                        .filter(name -> name.startsWith(Constants.R_REFS))
                        .toList();
        Map<String, Ref> there = ask(transport, candidates);
        for (String candidate : candidates) {
            Ref found = there.get(candidate);
            if (found != null && found.getObjectId() != null) {
                return of(found);
            }
        }
        return ref != null && ObjectId.isId(ref) ? new Wanted(ref, OURS) : null;
    }

    private static Wanted of(Ref found) {
        String name = found.isSymbolic() ? found.getTarget().getName() : found.getName();
        boolean plain = name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS);
        return new Wanted(name, plain ? name : OURS);
    }

    private static Map<String, Ref> ask(Transport transport, List<String> candidates) throws IOException {
        List<RefSpec> specs = candidates.stream().map(RefSpec::new).toList();
        try (FetchConnection connection = transport.openFetch(specs)) {
            return connection.getRefsMap();
        }
    }
}
