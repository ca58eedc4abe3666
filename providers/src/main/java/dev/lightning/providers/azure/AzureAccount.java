package dev.lightning.providers.azure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A storage account as one setting names it, and how it lets us in: with the key or signature of a connection string, or
 * with the identity of this process where only its name is known.
 *
 * @param setting the environment variable, for messages
 * @param connection the connection string, a secret; null where the identity is used
 * @param host the account's name and domain without the service ({@code lightning.core.windows.net}), null with a connection
 */
public record AzureAccount(
        String setting,
        @Nullable String connection,
        @Nullable String host) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{3,24}");
    private static final Pattern ENDPOINT =
            Pattern.compile("https://([a-z0-9]{3,24})\\.(?:blob|table|queue|file|dfs)\\.([a-z0-9.-]+)/?");
    private static final Pattern HOST_IN_ENDPOINT = Pattern.compile("https?://[^/:;]+");

    /** The account of a connection string; refuses with {@link IllegalArgumentException} what cannot be one. */
    public static AzureAccount connected(String setting, String connection) {
        Map<String, String> parts = parts(connection);
        boolean development = "true".equalsIgnoreCase(parts.get("UseDevelopmentStorage"));
        boolean named = parts.containsKey("AccountName") && parts.containsKey("AccountKey");
        boolean signed = parts.containsKey("SharedAccessSignature");
        if (!development && !named && !signed) {
            throw new IllegalArgumentException(setting + " must be a connection string:"
                    + " AccountName and AccountKey, or SharedAccessSignature, with endpoints or EndpointSuffix");
        }
        return new AzureAccount(setting, connection, null);
    }

    /** The account that this name or https endpoint means. */
    public static AzureAccount identified(String setting, String account) {
        String given = account.toLowerCase(Locale.ROOT);
        if (NAME.matcher(given).matches()) {
            return new AzureAccount(setting, null, given + ".core.windows.net");
        }
        Matcher endpoint = ENDPOINT.matcher(given);
        if (!endpoint.matches()) {
            throw new IllegalArgumentException(setting + " must be the name of a storage account or the https endpoint"
                    + " of one of its services, such as https://name.blob.core.windows.net");
        }
        return new AzureAccount(setting, null, endpoint.group(1) + "." + endpoint.group(2));
    }

    /** Where one of its services answers, {@code table} or {@code blob}; only for an account without a connection string. */
    public URI endpoint(String service) {
        if (host == null) {
            throw new IllegalStateException("The connection string says where the services are");
        }
        int dot = host.indexOf('.');
        return URI.create("https://" + host.substring(0, dot) + "." + service + host.substring(dot));
    }

    /** What may be shown of it: its name and host, never a key. */
    public String shown() {
        if (connection == null) {
            return String.valueOf(host);
        }
        Map<String, String> parts = parts(connection);
        String name = parts.get("AccountName");
        Optional<String> where = parts.entrySet().stream()
                .filter(part -> part.getKey().endsWith("Endpoint"))
                .map(part -> hostOf(part.getValue()))
                .findFirst();
        if (name != null) {
            return name + where.map(address -> " at " + address).orElse("");
        }
        return where.orElse("devstoreaccount1 at 127.0.0.1");
    }

    /** Leaves out the connection string, which holds the key. */
    @Override
    public String toString() {
        return "AzureAccount[" + shown() + "]";
    }

    private static String hostOf(String endpoint) {
        Matcher matcher = HOST_IN_ENDPOINT.matcher(endpoint);
        try {
            return matcher.find() ? String.valueOf(new URI(matcher.group()).getHost()) : "an account";
        } catch (URISyntaxException _) {
            return "an account";
        }
    }

    private static Map<String, String> parts(String connection) {
        Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String part : connection.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return parts;
    }
}
