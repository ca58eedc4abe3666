package dev.lightning.api.repositories;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the address of a repository before git ever sees it: https or ssh to a host out in the world, nothing that git
 * would take for a local path, a remote helper ({@code ext::}) or an option, and no credentials.
 */
final class RepoUrl {
    private static final int LONGEST = 2_048;
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final Pattern PATH = Pattern.compile("/+[A-Za-z0-9._~+%@][A-Za-z0-9._~+%@/-]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern SCP_LIKE =
            Pattern.compile("(?<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@(?<host>[^:/@\\[\\]]+):(?<path>[^:]+)");
    private static final Pattern SCP_PATH = Pattern.compile("/?[A-Za-z0-9._~+%@][A-Za-z0-9._~+%@/-]*");

    private RepoUrl() {}

    /** What is wrong with the address, without repeating it because it may hold a secret; null when nothing is. */
    static @Nullable String problem(String url) {
        if (url.length() > LONGEST || !PRINTABLE.matcher(url).matches()) {
            return "must be 1 to " + LONGEST + " printable characters without spaces";
        }
        Matcher scp = SCP_LIKE.matcher(url);
        if (scp.matches()) {
            return scpProblem(scp.group("host"), scp.group("path"));
        }
        try {
            return problem(new URI(url));
        } catch (URISyntaxException malformed) {
            return "is not a well formed URL";
        }
    }

    private static @Nullable String scpProblem(String host, String path) {
        if (!PublicHost.accepts(host)) {
            return "names a host that is malformed, local or private";
        }
        return SCP_PATH.matcher(path).matches() && !climbs(path) ? null : "has a path that is not a repository's";
    }

    private static @Nullable String problem(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("ssh")) {
            return "must be https://host/path, ssh://user@host/path or user@host:path";
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        if (at >= 0
                && (scheme.equals("https")
                        || !USER.matcher(authority.substring(0, at)).matches())) {
            return "must not hold credentials; name a secret in secretRef";
        }
        if (uri.getHost() == null || !PublicHost.accepts(uri.getHost())) {
            return "names a host that is malformed, local or private";
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "has a port that does not exist";
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "must not have a query or a fragment";
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return PATH.matcher(path).matches() && !climbs(path) ? null : "has a path that is not a repository's";
    }

    private static boolean climbs(String path) {
        return ("/" + path + "/").contains("/../");
    }
}
