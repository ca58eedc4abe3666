package dev.lightning.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.workflows.events.Event;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class FunctionControllerTest {
    private static final String HELLO = """
            {"name":"hello-world","image":"myregistry/hello-function:latest","replicas":1,"env":{"ENV":"production"}}""";

    private final ToolApi api = new ToolApi(100);

    @Test
    void a_function_of_the_founding_documents_is_created_and_listed() {
        assertThat(api.post("/v1/functions", HELLO)).hasStatus(201).hasHeader("Location", "/v1/functions/hello-world");

        MvcTestResult list = api.get("/v1/functions");
        assertThat(list)
                .bodyJson()
                .extractingPath("functions[*].name")
                .asArray()
                .containsExactly("hello-world");
        assertThat(list).bodyJson().extractingPath("functions[0].runtime.kind").isEqualTo("docker");
        assertThat(list).bodyJson().extractingPath("functions[0].accepts[0]").isEqualTo("http.invoke");
        assertThat(list).bodyJson().extractingPath("functions[0].env.ENV").isEqualTo("production");
        assertThat(api.get("/api/tools"))
                .bodyJson()
                .extractingPath("tools")
                .asArray()
                .isEmpty();
        assertThat(api.get("/api/tools/hello-world")).hasStatus(404);
        MvcTestResult shown = api.get("/v1/functions/hello-world");
        assertThat(api.put("/v1/functions/hello-world", ToolApi.body(shown), null))
                .hasStatus(200);
        assertThat(api.delete("/v1/functions/hello-world", null)).hasStatus(204);
        assertThat(api.get("/v1/functions/hello-world")).hasStatus(404);
    }

    @Test
    void two_images_have_to_be_the_same() {
        assertThat(api.post("/v1/functions", "{\"name\":\"f\",\"image\":\"a\",\"runtime\":{\"image\":\"b\"}}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly("image");
    }

    @Test
    void an_invocation_becomes_an_event_with_the_payload() {
        api.post("/v1/functions", HELLO);

        MvcTestResult invoked = api.post(
                "/v1/functions/hello-world:invoke",
                "{\"user\":\"john\",\"action\":\"process_order\",\"orderId\":\"12345\",\"total\":12.50}");

        assertThat(invoked).hasStatus(202);
        Event event = api.events.started().getFirst();
        assertThat(event.type()).isEqualTo("http.invoke");
        assertThat(event.source()).isEqualTo("function/hello-world");
        assertThat(event.subject()).isEqualTo("hello-world");
        assertThat(event.owner().userId()).isEqualTo("alice");
        assertThat(event.metadata().asMap())
                .isEqualTo(Map.of(
                        "user",
                        "john",
                        "action",
                        "process_order",
                        "orderId",
                        "12345",
                        "total",
                        new BigDecimal("12.50")));
        assertThat(invoked)
                .hasHeader("Location", "/api/events/" + event.id())
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"eventId":"%s","workflowId":"event-%s-%s","function":"hello-world","type":"http.invoke"}""".formatted(event.id(), event.owner().key(), event.id()));
    }

    @Test
    void the_same_key_invokes_once() {
        api.post("/v1/functions", HELLO);
        api.post("/v1/functions", "{\"name\":\"other\",\"command\":[\"true\"]}");
        String path = "/v1/functions/hello-world:invoke";

        assertThat(api.post(path, "{}", "Idempotency-Key", "order-1")).hasStatus(202);
        assertThat(api.post(path, "{}", "Idempotency-Key", "order-1")).hasStatus(200);
        assertThat(api.post(path, "{\"a\":1}", "Idempotency-Key", "order-1")).hasStatus(409);
        assertThat(api.post("/v1/functions/other:invoke", "{}", "Idempotency-Key", "order-1"))
                .hasStatus(409);
        assertThat(api.post(path, "{}", "Idempotency-Key", " ")).hasStatus(400);
        assertThat(api.events.started()).hasSize(1);
    }

    @Test
    void an_invocation_that_the_functions_filter_does_not_take_is_refused() {
        api.post("/v1/functions", "{\"name\":\"big\",\"command\":[\"true\"],\"filter\":\"event.metadata.total > 10\"}");

        assertThat(api.post("/v1/functions/big:invoke", "{\"total\":1}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("detail")
                .asString()
                .startsWith("The function big does not take this invocation: ");
        assertThat(api.post("/v1/functions/big:invoke", "{}")).hasStatus(409);
        assertThat(api.events.started()).isEmpty();
        assertThat(api.post("/v1/functions/big:invoke", "{\"total\":11}")).hasStatus(202);
    }

    @Test
    void what_cannot_be_invoked_says_so() {
        api.post("/v1/functions", "{\"name\":\"paused\",\"command\":[\"true\"],\"replicas\":0}");
        api.post("/v1/functions", "{\"name\":\"off\",\"command\":[\"true\"],\"enabled\":false}");
        api.post("/v1/functions", "{\"name\":\"on\",\"command\":[\"true\"]}");
        api.post("/api/tools", ToolApi.tool("tool", ""));

        assertThat(api.post("/v1/functions/paused:invoke", "{}")).hasStatus(409);
        assertThat(api.post("/v1/functions/off:invoke", "{}")).hasStatus(409);
        for (String name : List.of("none", "tool", "", "No%20Name")) {
            assertThat(api.post("/v1/functions/" + name + ":invoke", "{}")).hasStatus(404);
        }
        for (String payload : List.of("[]", "1", "null", "\"x\"", "{\"a\":\"\\u0000\"}", "{")) {
            assertThat(api.post("/v1/functions/on:invoke", payload)).as(payload).hasStatus(400);
        }
        api.signedIn.as("bob", false);
        assertThat(api.post("/v1/functions/on:invoke", "{}")).hasStatus(404);
        assertThat(api.events.started()).isEmpty();
    }
}
