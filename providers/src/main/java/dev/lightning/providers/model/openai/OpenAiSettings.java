package dev.lightning.providers.model.openai;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the model is and how to get in. Blank means absent.
 *
 * @param apiKey {@code OPENAI_API_KEY}; null for a server that wants none
 * @param baseUrl {@code OPENAI_BASE_URL}, the {@code /v1} included; null for OpenAI itself
 * @param model {@code OPENAI_MODEL}, asked when a chat names none; null for {@value #DEFAULT_MODEL}
 */
public record OpenAiSettings(
        @Nullable String apiKey,
        @Nullable String baseUrl,
        @Nullable String model) {
    public static final String DEFAULT_MODEL = "gpt-3.5-turbo";
    private static final String OPENAI = "https://api.openai.com/v1";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

    public OpenAiSettings {
        apiKey = stripped(apiKey);
        baseUrl = stripped(baseUrl);
        model = stripped(model);
        if (apiKey != null && !KEY.matcher(apiKey).matches()) {
            throw new IllegalArgumentException("OPENAI_API_KEY contains characters that no key has");
        }
        if (baseUrl != null && !isAddress(baseUrl)) {
            throw new IllegalArgumentException(
                    "OPENAI_BASE_URL must be an http or https address like https://api.openai.com/v1");
        }
        model = model == null ? DEFAULT_MODEL : model;
    }

    @Override
    public String model() {
        return Objects.requireNonNull(model);
    }

    /** Whether anything says where a real model is; if not, the demo model answers. */
    public boolean isConfigured() {
        return apiKey != null || baseUrl != null;
    }

    String address() {
        return baseUrl == null ? OPENAI : baseUrl;
    }

    @Override
    public String toString() {
        return "OpenAiSettings[apiKey=" + (apiKey == null ? "absent" : "set") + ", baseUrl=" + address() + ", model="
                + model + "]";
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
