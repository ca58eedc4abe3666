package dev.lightning.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.storage.rows.Definitions;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.workflows.tools.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchControllerTest {
    private static final String ORDER = """
            {"timestamp":"2026-11-21T10:00:00Z","source":"shop","type":"order.created","userID":"alice","metadata":{"total":5}}""";

    private final ToolApi api = new ToolApi(100);

    @Test
    void a_worker_task_is_taken_by_the_platform() {
        assertThat(
                        api.post(
                                "/api/tools:match",
                                "{\"timestamp\":\"2026-11-21T12:00:00Z\",\"source\":\"s\",\"type\":\"worker.task\",\"userID\":\"alice\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("matches[0].tool")
                .isEqualTo("worker-task");
    }

    @Test
    void a_dry_run_tells_who_takes_an_event_and_why_not_the_others() {
        api.post("/api/tools", ToolApi.tool("ship", ""));
        api.post("/api/tools", ToolApi.tool("big", "\"filter\":\"event.metadata.total > 10\""));
        api.post("/v1/functions", "{\"name\":\"hello\",\"command\":[\"true\"]}");
        api.rows.insert(
                ToolSpec.PLATFORM,
                ToolRow.created(
                        Definitions.tool("audit", List.of("order.*"), null), "audit.yaml", ToolApi.CLOCK.instant()));

        assertThat(api.post("/api/tools:match", ORDER))
                .hasStatus(200)
                .bodyJson()
                .isStrictlyEqualTo("""
                {"matches":[{"tool":"ship","scope":"OWN"},{"tool":"audit","scope":"PLATFORM"}],
                 "others":[{"tool":"big","scope":"OWN","reason":"the filter is false"},
                           {"tool":"hello","scope":"OWN","reason":"it does not accept order.created"}]}""");
        assertThat(api.events.started()).isEmpty();
        api.signedIn.as("bob", false);
        assertThat(api.post("/api/tools:match", ORDER)).hasStatus(403);
        assertThat(api.post("/api/tools:match", ORDER.replace("alice", "bob")))
                .bodyJson()
                .extractingPath("matches[*].tool")
                .asArray()
                .containsExactly("audit");
    }

    @Test
    void what_is_no_event_is_said_to_be_none() {
        assertThat(api.post("/api/tools:match", "{\"type\":\"No Type\"}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("timestamp", "source", "type", "userID");
        assertThat(api.post("/api/tools:match", "[]")).hasStatus(400);
        assertThat(api.post("/api/tools:match", ORDER.replace("order.created", "http.invoke")))
                .hasStatus(403);
    }
}
