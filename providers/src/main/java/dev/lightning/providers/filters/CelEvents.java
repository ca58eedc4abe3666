package dev.lightning.providers.filters;

import com.google.protobuf.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns an event into the values that the expression language computes with: 64 bit integers and doubles. */
final class CelEvents {
    private CelEvents() {}

    static Map<String, Object> value(FilterEvent event) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", event.id());
        value.put("type", event.type());
        value.put("source", event.source());
        value.put("time", event.time());
        if (event.subject() != null) {
            value.put("subject", event.subject());
        }
        value.put("userID", event.userId());
        value.put("metadata", value(event.metadata()));
        return value;
    }

    private static Object value(@Nullable Object json) {
        return switch (json) {
            case null -> NullValue.NULL_VALUE;
            case Integer number -> number.longValue();
            case BigInteger number ->
                number.bitLength() < Long.SIZE ? (Object) number.longValue() : number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            case Map<?, ?> object -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                object.forEach((name, inner) -> copy.put(name, value(inner)));
                yield copy;
            }
            case List<?> array -> {
                List<Object> copy = new ArrayList<>();
                array.forEach(inner -> copy.add(value(inner)));
                yield copy;
            }
            default -> json;
        };
    }
}
