package dev.lightning.providers.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets as files of the operator's, one each, {@code <name>.json}, read anew for every checkout:
 *
 * <pre>{"url": "https://git.example.org/alice/", "users": ["alice"], "username": "alice", "password": "..."}</pre>
 *
 * <p>Whoever may register can name any secret and any server, so each file says who may use it ({@code "*"} for
 * everybody) and below which address; it is sent nowhere else.
 */
public final class FolderRepoSecrets implements RepoSecrets {
    private static final Logger log = LoggerFactory.getLogger(FolderRepoSecrets.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final String EVERYBODY = "*";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final @Nullable Path folder;

    /** Takes the folder, null for none. */
    public FolderRepoSecrets(@Nullable Path folder) {
        this.folder = folder;
    }

    private record File(
            @Nullable String url,
            @Nullable List<String> users,
            @Nullable String username,
            @Nullable String password) {
        @Override
        public String toString() {
            return "File[hidden]";
        }
    }

    @Override
    public Optional<SourceRequest.Credentials> find(String name, String userId, String url) {
        if (folder == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return read(folder.resolve(name + ".json"), name).flatMap(file -> credentials(file, name, userId, url));
    }

    private static Optional<SourceRequest.Credentials> credentials(File file, String name, String userId, String url) {
        if (file.url() == null || file.users() == null || file.username() == null || file.password() == null) {
            log.warn("event=secret.unreadable secret={} reason=incomplete", name);
            return Optional.empty();
        }
        boolean theirs = file.users().contains(EVERYBODY) || file.users().contains(userId);
        return theirs && isBelow(file.url(), url)
                ? Optional.of(new SourceRequest.Credentials(file.username(), file.password()))
                : Optional.empty();
    }

    /** What a server may take for another path than is written, such as an encoded slash, is not below anything. */
    private static boolean isBelow(String allowed, String url) {
        if (url.indexOf('%') >= 0 || url.contains("/./") || url.contains("/../")) {
            return false;
        }
        String whole = withLowerCaseHost(url);
        String prefix = withLowerCaseHost(allowed);
        return whole.equals(prefix) || whole.startsWith(prefix.endsWith("/") ? prefix : prefix + "/");
    }

    private static String withLowerCaseHost(String url) {
        int host = url.indexOf("://");
        int path = host < 0 ? -1 : url.indexOf('/', host + 3);
        return path < 0
                ? url.toLowerCase(Locale.ROOT)
                : url.substring(0, path).toLowerCase(Locale.ROOT) + url.substring(path);
    }

    /** What a broken file says is not repeated, not even by the exception. */
    private static Optional<File> read(Path file, String name) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), File.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            log.warn(
                    "event=secret.unreadable secret={} reason={}",
                    name,
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
