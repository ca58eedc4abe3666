package dev.lightning.providers.webhook.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where outgoing messages go and how they are signed, as the operator set it; a mistake is told by the name of the
 * variable, never by its value.
 *
 * @param url {@code NOTIFY_URL}: http or https, without user and password; null or blank means that nobody is told
 * @param secret {@code NOTIFY_SECRET}: {@code whsec_} and the base64 of at least 24 bytes, or any other text of at least
 *     24 bytes, whose UTF-8 bytes are the key; null or blank means unsigned
 * @param allowCidr {@code NOTIFY_ALLOW_CIDR}: the networks that the URL's host may resolve to; empty means any, because
 *     the URL is the operator's own
 */
public record NotifySettings(@Nullable String url, @Nullable String secret, List<String> allowCidr) {
    public NotifySettings {
        url = blankToNull(url);
        secret = blankToNull(secret);
        allowCidr = allowCidr == null ? List.of() : List.copyOf(allowCidr);
        if (url != null) {
            parse(url);
        }
        if (secret != null) {
            SigningKey.parse(secret);
        }
        allowCidr.forEach(Cidr::parse);
    }

    /** Nobody is told. */
    public static NotifySettings unset() {
        return new NotifySettings(null, null, List.of());
    }

    @Nullable
    URI target() {
        return url == null ? null : parse(url);
    }

    byte @Nullable [] key() {
        return secret == null ? null : SigningKey.parse(secret);
    }

    List<Cidr> networks() {
        return allowCidr.stream().map(Cidr::parse).toList();
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static URI parse(String url) {
        URI target;
        try {
            target = new URI(url);
        } catch (URISyntaxException notAnAddress) {
            throw new IllegalArgumentException("NOTIFY_URL is not a URL: " + notAnAddress.getReason());
        }
        if (!"http".equalsIgnoreCase(target.getScheme()) && !"https".equalsIgnoreCase(target.getScheme())) {
            throw new IllegalArgumentException("NOTIFY_URL must start with http:// or https://");
        }
        if (target.getHost() == null) {
            throw new IllegalArgumentException("NOTIFY_URL names no host");
        }
        if (target.getRawUserInfo() != null || target.getRawFragment() != null) {
            throw new IllegalArgumentException("NOTIFY_URL must have no user, password or fragment");
        }
        return target;
    }

    @Override
    public String toString() {
        return "NotifySettings[url=" + (url == null ? "unset" : "set") + ", secret="
                + (secret == null ? "unset" : "set") + ", allowCidr=" + allowCidr + "]";
    }
}
