package dev.lightning.providers.storage.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a {@code DATABASE_URL}, so that user and password never stand in the address that drivers, pools and
 * migrations write to their logs.
 *
 * @param jdbcUrl without user and password
 * @param server host, port and database, for messages
 */
record PostgresAddress(
        String jdbcUrl,
        String server,
        @Nullable String user,
        @Nullable String password) {
    private static final Pattern FORM = Pattern.compile("(jdbc:)?postgres(?:ql)?://([^?]*)(\\?.*)?", Pattern.DOTALL);
    private static final String HOST = "(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?";
    private static final Pattern SERVER = Pattern.compile(HOST + "(?:," + HOST + ")*/[^/\\s]+");

    /** Takes the account from before the last {@code @}, as a password may hold one, or from the parameters. */
    static PostgresAddress parse(String url) {
        Matcher form = FORM.matcher(url.strip());
        if (!form.matches()) {
            throw malformed();
        }
        String rest = form.group(2);
        String query = form.group(3) == null ? "" : form.group(3).substring(1);
        int at = rest.lastIndexOf('@');
        if (at < 0 && form.group(1) == null && query.contains("@")) {
            throw malformed();
        }
        String[] account = at < 0 ? new String[0] : rest.substring(0, at).split(":", 2);
        String user = account.length > 0 ? decoded(account[0]) : parameter(query, "user");
        String password = account.length > 1 ? decoded(account[1]) : parameter(query, "password");
        String server = server(rest.substring(at + 1), user);
        return new PostgresAddress("jdbc:postgresql://" + server + withoutAccount(query), server, user, password);
    }

    private static String server(String hostAndDatabase, @Nullable String user) {
        String[] parts = hostAndDatabase.split("/", 2);
        String host = parts[0].isEmpty() ? "localhost" : parts[0];
        String database = parts.length > 1 ? parts[1] : "";
        if (database.isEmpty()) {
            database = user == null ? "postgres" : user;
        }
        String server = host + "/" + database;
        if (!SERVER.matcher(server).matches()) {
            throw malformed();
        }
        return server;
    }

    private static @Nullable String parameter(String query, String name) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(name + "=")) {
                return decoded(parameter.substring(name.length() + 1));
            }
        }
        return null;
    }

    private static String withoutAccount(String query) {
        List<String> kept = new ArrayList<>(List.of(query.split("&", -1)));
        kept.removeIf(each -> each.isEmpty() || each.startsWith("user=") || each.startsWith("password="));
        return kept.isEmpty() ? "" : "?" + String.join("&", kept);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "DATABASE_URL must have the form postgres://user:password@host:5432/database"
                        + " (percent-encode what is special in the password)");
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + server;
    }
}
