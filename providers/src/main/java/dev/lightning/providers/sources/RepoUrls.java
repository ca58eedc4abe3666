package dev.lightning.providers.sources;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the address of a repository before git ever sees it: https or ssh to a host out in the world, nothing that git
 * would take for a local path, a remote helper ({@code ext::}) or an option, and no credentials.
 *
 * @param local whether http, file and hosts of the neighbourhood are welcome too, as on a developer's own machine
 */
public record RepoUrls(boolean local) {
    private static final int LONGEST = 2_048;
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final Pattern PATH = Pattern.compile("/+[A-Za-z0-9._~+%@][A-Za-z0-9._~+%@/-]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern SCP_LIKE =
            Pattern.compile("(?<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@(?<host>[^:/@\\[\\]]+):(?<path>[^:]+)");
    private static final Pattern SCP_PATH = Pattern.compile("/?[A-Za-z0-9._~+%@][A-Za-z0-9._~+%@/-]*");

    private static final String NOT_A_PATH = "has a path that is not a repository's";

    /** What is wrong with the address, without repeating it because it may hold a secret; null when nothing is. */
    public @Nullable String problem(String url) {
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

    /** What keeps a task from checking it out, in the same words; of the addresses that can be kept ssh is left. */
    public @Nullable String checkoutProblem(String url) {
        String problem = problem(url);
        if (problem != null) {
            return problem;
        }
        String scheme = scheme(url);
        boolean over = scheme.equals("https") || (local && (scheme.equals("http") || scheme.equals("file")));
        return over ? null : "is reached over ssh, which tasks cannot use; give its https address";
    }

    private static String scheme(String url) {
        return url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    private @Nullable String scpProblem(String host, String path) {
        if (!accepts(host)) {
            return "names a host that is malformed, local or private";
        }
        return SCP_PATH.matcher(path).matches() && !climbs(path) ? null : NOT_A_PATH;
    }

    private @Nullable String problem(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (local && scheme.equals("file")) {
            return isPlainFile(uri) ? null : NOT_A_PATH;
        }
        if (!scheme.equals("https") && !scheme.equals("ssh") && !(local && scheme.equals("http"))) {
            return "must be https://host/path, " + (local ? "http://host/path, file:///path, " : "")
                    + "ssh://user@host/path or user@host:path";
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        if (at >= 0
                && (!scheme.equals("ssh")
                        || !USER.matcher(authority.substring(0, at)).matches())) {
            return "must not hold credentials; name a secret in secretRef";
        }
        if (uri.getHost() == null || !accepts(uri.getHost())) {
            return "names a host that is malformed, local or private";
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "has a port that does not exist";
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "must not have a query or a fragment";
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return PATH.matcher(path).matches() && !climbs(path) ? null : NOT_A_PATH;
    }

    private boolean accepts(String host) {
        return local || PublicHost.accepts(host);
    }

    private static boolean isPlainFile(URI uri) {
        String path = uri.getRawPath();
        return uri.getRawAuthority() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && path != null
                && PATH.matcher(path).matches()
                && !climbs(path);
    }

    private static boolean climbs(String path) {
        return ("/" + path + "/").contains("/../");
    }
}
