package dev.lightning.providers.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.filters.FilterEvent;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.Definitions;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolMatcherTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final ToolRows rows = new ToolRows(new InMemoryEntityStore());
    private final ToolMatcher matcher = new ToolMatcher(rows, "platform");

    @Test
    void several_tools_take_one_event_in_the_order_of_their_names() {
        define("alice", Definitions.tool("ship", List.of("order.created"), null));
        define("alice", Definitions.tool("bill", List.of("other", "order.*"), null));
        define("platform", Definitions.tool("audit", List.of("order.created"), null));
        define("bob", Definitions.tool("bobs", List.of("order.created"), null));

        assertThat(asked(event("order.created"))).containsExactly("bill", "ship", "audit");
    }

    @Test
    void a_wide_subscription_takes_what_is_below_its_name_at_any_depth() {
        define("alice", Definitions.tool("wide", List.of("order.*"), null));

        assertThat(asked(event("order.created"))).containsExactly("wide");
        assertThat(asked(event("order.line.added"))).containsExactly("wide");
        assertThat(asked(event("order"))).containsExactly("wide: it does not accept order");
        assertThat(asked(event("orders.x"))).containsExactly("wide: it does not accept orders.x");
    }

    @Test
    void whoever_does_not_take_it_says_why() {
        define("alice", Definitions.disabled("asleep", "order.created"));
        define("alice", Definitions.tool("picky", List.of("order.created"), "event.metadata.total > 10"));
        define("alice", Definitions.tool("broken", List.of("order.created"), "event.metadata.total >"));
        define("platform", Definitions.tool("picky", List.of("order.created"), null));

        assertThat(asked(event("order.created")))
                .satisfiesExactly(
                        asleep -> assertThat(asleep).isEqualTo("asleep: it is disabled"),
                        broken -> assertThat(broken).startsWith("broken: its filter can no longer be read: line 1"),
                        picky -> assertThat(picky).isEqualTo("picky: the filter is false"),
                        hidden -> assertThat(hidden)
                                .isEqualTo("picky: your own definition of this name is asked instead"));
    }

    @Test
    void a_paused_tool_takes_its_events_which_wait_for_it() {
        define("alice", Definitions.function("paused", 0, "order.created"));

        assertThat(asked(event("order.created"))).containsExactly("paused");
    }

    @Test
    void an_invocation_starts_its_function_and_nothing_else() {
        define("alice", Definitions.function("hello", null));
        define("alice", Definitions.function("other", null, "order.created"));
        define("alice", Definitions.tool("nosy", List.of("http.invoke", "http.*"), null));

        assertThat(asked(event("http.invoke", "function/hello", "hello")))
                .containsExactly(
                        "hello", "nosy: it does not accept http.invoke", "other: it does not accept http.invoke");
        assertThat(asked(event("http.invoke", "curl", "hello"))).allMatch(answer -> answer.contains(": "));
        assertThat(asked(event("order.created")))
                .containsExactly(
                        "hello: it does not accept order.created", "nosy: it does not accept order.created", "other");
    }

    @Test
    void an_event_starts_only_so_many() {
        for (int number = 0; number <= ToolMatcher.MOST_PER_EVENT; number++) {
            define("alice", Definitions.tool(String.format(Locale.ROOT, "t%03d", number), List.of("x.y"), null));
        }

        List<ToolMatch> answers = matcher.ask("alice", event("x.y"));

        assertThat(answers.stream().filter(ToolMatch::takes)).hasSize(ToolMatcher.MOST_PER_EVENT);
        assertThat(answers.getLast().refusal()).isEqualTo("an event starts at most 50 tools");
    }

    private void define(String ownerKey, ToolDefinition definition) {
        assertThat(rows.insert(ownerKey, ToolRow.created(definition, null, NOON)))
                .isPresent();
    }

    private List<String> asked(FilterEvent event) {
        return matcher.ask("alice", event).stream()
                .map(match -> match.takes() ? match.row().name() : match.row().name() + ": " + match.refusal())
                .toList();
    }

    private static FilterEvent event(String type) {
        return event(type, "shop", null);
    }

    private static FilterEvent event(String type, String source, String subject) {
        return new FilterEvent("one", type, source, NOON, subject, "alice", Map.of("total", 5));
    }
}
