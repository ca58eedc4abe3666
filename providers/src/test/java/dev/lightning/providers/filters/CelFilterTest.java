package dev.lightning.providers.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelFilterTest {
    private static final Map<String, Object> METADATA = metadata();

    private static Map<String, Object> metadata() {
        Map<String, Object> values = new HashMap<>(Map.of(
                "count",
                12,
                "total",
                new BigDecimal("12.50"),
                "huge",
                BigInteger.TWO.pow(80),
                "status",
                "paid",
                "urgent",
                true,
                "items",
                List.of(Map.of("sku", "a-1", "price", 3), Map.of("sku", "b-2", "price", new BigDecimal("4.5"))),
                "customer",
                Map.of("country", "DE")));
        values.put("coupon", null);
        return values;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "event.type == 'order.created' && event.source == \"shop\"",
                "event.userID == 'alice' && event.id.startsWith('one')",
                "event.time > timestamp('2026-11-21T11:00:00Z') && event.time.getHours() == 12",
                "event.metadata.count > 10 && event.metadata.total >= 12.5 && event.metadata.total > 12",
                "event.metadata.count + 1 == 13",
                "event.metadata.huge > 1",
                "event.metadata.urgent",
                "event.metadata.customer.country in ['DE', 'AT']",
                "event.metadata['customer']['country'].matches('^D.$')",
                "event.metadata.items.exists(item, item.sku == 'b-2' && item.price > 4)",
                "event.metadata.items.all(item, item.price > 2) && size(event.metadata.items) == 2",
                "has(event.metadata.status) && !has(event.metadata.colour) && !has(event.subject)",
                "event.metadata.coupon == null"
            })
    void lets_through_what_fits(String expression) throws InvalidFilterException {
        assertThat(CelFilter.compile(expression).refusal(event(METADATA))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "event.metadata.count > 12 | the filter is false",
                "event.metadata.colour == 'red' | the filter could not be evaluated: *colour*",
                "event.metadata.status > 5 | the filter could not be evaluated: *",
                "event.metadata.status | the filter is neither true nor false",
                "event.metadata.status.nothing == 1 | the filter could not be evaluated: *",
                "1 / 0 == 1 | the filter could not be evaluated: *"
            })
    void says_why_something_does_not_fit(String expression, String reason) throws InvalidFilterException {
        assertThat(CelFilter.compile(expression).refusal(event(METADATA)))
                .hasValueSatisfying(said -> assertThat(said).matches(reason.replace("*", ".*")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "event.type = 'x' | 12",
                "event.type == 'x' && colour > 1 | 22",
                "1 + 'x' == 2 | 3",
                "event.metadata.items.map(i, i.price) == [] | 25",
                "'a' + 'b' == 'ab' | 5",
                "[1] + [2] == [3] | 5",
                "size(event.id) | 5"
            })
    void a_fault_has_a_line_and_a_column(String expression, int column) {
        InvalidFilterException invalid =
                catchThrowableOfType(InvalidFilterException.class, () -> CelFilter.compile(expression));

        assertThat(invalid.faults()).isNotEmpty();
        assertThat(invalid.faults().getFirst().line()).isEqualTo(1);
        assertThat(invalid.faults().getFirst().column()).isEqualTo(column);
        assertThat(invalid.getMessage()).startsWith("line 1, column " + column + ": ");
    }

    @Test
    void a_fault_in_a_later_line_says_so() {
        InvalidFilterException invalid = catchThrowableOfType(
                InvalidFilterException.class, () -> CelFilter.compile("event.type == 'x'\n  && nobody"));

        assertThat(invalid.faults().getFirst().line()).isEqualTo(2);
        assertThat(invalid.faults().getFirst().column()).isEqualTo(6);
    }

    @Test
    @Timeout(20)
    void nothing_grows_or_goes_on_for_long() {
        String nested = "[1].all(a, [a].all(b, [b].all(c, c == c)))";
        String doubling = "[1].map(x, [x, x])" + ".map(x, [x, x])".repeat(50) + " == []";

        for (String expression : List.of(
                "", " ", "true || ".repeat(300) + "true", nested, doubling, "(".repeat(900) + "1" + ")".repeat(900))) {
            assertThat(catchThrowableOfType(InvalidFilterException.class, () -> CelFilter.compile(expression)))
                    .as(expression)
                    .isNotNull();
        }
    }

    @Test
    @Timeout(20)
    void rounds_are_counted() throws InvalidFilterException {
        List<Integer> many = IntStream.range(0, 2_000).boxed().toList();
        FilterEvent event = event(Map.of("many", many));
        CelFilter filter = CelFilter.compile("event.metadata.many.all(a, event.metadata.many.all(b, a + b >= 0))");

        assertThat(filter.refusal(event))
                .hasValueSatisfying(reason -> assertThat(reason).contains("could not be evaluated"));
        assertThat(CelFilter.compile("event.metadata.many.all(a, a >= 0)").refusal(event))
                .isEmpty();
    }

    @Test
    @Timeout(20)
    void a_pattern_that_is_bad_for_others_is_quick_here() throws InvalidFilterException {
        CelFilter filter = CelFilter.compile("event.metadata.text.matches('^(a+)+$')");
        Instant begin = Instant.now();

        assertThat(filter.refusal(event(Map.of("text", String.join("", Collections.nCopies(50_000, "a")) + "b"))))
                .isPresent();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    private static FilterEvent event(Map<String, Object> metadata) {
        return new FilterEvent(
                "one", "order.created", "shop", Instant.parse("2026-11-21T12:00:00Z"), null, "alice", metadata);
    }
}
