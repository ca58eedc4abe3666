package dev.lightning.api.events;

import dev.lightning.providers.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over the RFC 8785 form of what a client said, without id and user, so that the same event hashes alike in
 * every shape.
 *
 * <p>RFC 8785 knows only doubles. A number that a double cannot hold enters as {@code {"$number": "..."}}, so that two
 * events that differ in it do not pass for the same.
 */
final class BodyHash {
    private BodyHash() {}

    static String of(Said said) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("type", said.type());
        form.put("source", said.source());
        if (said.time() != null) {
            form.put("timestamp", said.time().toString());
        }
        if (said.subject() != null) {
            form.put("subject", said.subject());
        }
        form.put("metadata", plain(said.metadata().asMap()));
        return Sha256.hex(canonical(form));
    }

    private static byte[] canonical(Map<String, @Nullable Object> form) {
        try {
            return new JsonCanonicalizer(EventJson.MAPPER.writeValueAsBytes(form)).getEncodedUTF8();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> object -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                object.forEach((name, inner) -> copy.put((String) name, plain(inner)));
                yield copy;
            }
            case List<?> array -> {
                List<@Nullable Object> copy = new ArrayList<>();
                array.forEach(inner -> copy.add(plain(inner)));
                yield copy;
            }
            case Integer number -> number;
            case Long number -> number(BigDecimal.valueOf(number));
            case BigInteger number -> number(new BigDecimal(number));
            case BigDecimal number -> number(number);
            default -> value;
        };
    }

    private static Object number(BigDecimal exact) {
        double nearest = exact.doubleValue();
        boolean held = Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(exact) == 0;
        return held ? nearest : Map.of("$number", exact.stripTrailingZeros().toString());
    }
}
