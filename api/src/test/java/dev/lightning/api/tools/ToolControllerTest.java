package dev.lightning.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.storage.rows.ToolDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ToolControllerTest {
    private final ToolApi api = new ToolApi(5);

    @Test
    void the_name_of_worker_tasks_is_taken() {
        assertThat(api.post(
                        "/api/tools",
                        "{\"name\":\"worker-task\",\"accepts\":[\"order.created\"],\"command\":[\"true\"]}"))
                .hasStatus(400)
                .bodyText()
                .contains("\"field\":\"name\"");
    }

    @Test
    void a_tool_is_defined_shown_and_forgotten() {
        MvcTestResult made = api.post("/api/tools", """
                {"name":"count","description":"Counts","accepts":["order.created","cart.*"],
                 "filter":"event.metadata.total > 10",
                 "runtime":{"kind":"docker","image":"localhost/count:1","pull":"never"},
                 "command":["count","--fast"],"env":{"LEVEL":"high"},"resultType":"order.counted","timeout":"90s",
                 "resources":{"memory":"512Mi","cpu":0.5,"pids":10,"output":"1Mi"},"network":true,"replicas":2}""");

        assertThat(made).hasStatus(201).hasHeader("Location", "/api/tools/count");
        String etag = made.getResponse().getHeader("ETag");
        assertThat(etag).matches("\"[^\"]+\"");
        MvcTestResult shown = api.get("/api/tools/count");
        assertThat(shown).hasStatus(200).hasHeader("ETag", etag).bodyJson().isStrictlyEqualTo("""
                {"name":"count","description":"Counts","enabled":true,"accepts":["order.created","cart.*"],
                 "filter":"event.metadata.total > 10",
                 "runtime":{"kind":"docker","image":"localhost/count:1","pull":"never"},
                 "command":["count","--fast"],"env":{"LEVEL":"high"},"secretEnv":[],"resultType":"order.counted",
                 "timeout":"PT1M30S","resources":{"memory":"512Mi","cpu":0.5,"pids":10,"output":"1Mi"},
                 "network":true,"replicas":2,
                 "createdAt":"2026-11-21T12:00:00Z","updatedAt":"2026-11-21T12:00:00Z"}""");
        assertThat(api.put("/api/tools/count", ToolApi.body(shown), etag)).hasStatus(200);
        assertThat(api.delete("/api/tools/count", null)).hasStatus(204);
        assertThat(api.get("/api/tools/count")).hasStatus(404);
        assertThat(api.delete("/api/tools/count", null)).hasStatus(404);
        assertThat(api.put("/api/tools/count", "{}", null)).hasStatus(404);
        assertThat(api.get("/api/tools/No%20Name")).hasStatus(404);
    }

    @Test
    void what_is_not_said_has_its_default() {
        assertThat(api.post("/api/tools", ToolApi.tool("bare", "")))
                .hasStatus(201)
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"name":"bare","enabled":true,"accepts":["order.created"],
                         "runtime":{"kind":"process","pull":"missing"},"command":["true"],"env":{},"secretEnv":[],
                         "resultType":"tool.bare.result","timeout":"PT10M",
                         "resources":{"memory":"256Mi","cpu":1.0,"pids":128,"output":"64Mi"},"network":false,
                         "createdAt":"2026-11-21T12:00:00Z","updatedAt":"2026-11-21T12:00:00Z"}""");
        assertThat(api.post(
                        "/api/tools",
                        "{\"name\":\"image\",\"accepts\":[\"a\"],\"runtime\":{\"image\":\"localhost/x\"}}"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("runtime.kind")
                .isEqualTo("docker");
    }

    @Test
    void a_tool_for_chats_shows_its_schema_and_needs_no_event() {
        MvcTestResult made = api.post("/api/tools", """
                {"name":"add-up","description":"Adds two numbers","command":["true"],
                 "chat":{"parameters":{"type":"object","properties":{"a":{"type":"number"}},"required":["a"]}}}""");

        assertThat(made).hasStatus(201);
        assertThat(ToolApi.<Object>read(made, "accepts")).isEqualTo(List.of());
        assertThat(ToolApi.<Object>read(made, "chat.parameters.properties.a.type"))
                .isEqualTo("number");
        assertThat(api.put("/api/tools/add-up", ToolApi.body(made), null)).hasStatus(200);
        assertThat(api.post("/api/tools", ToolApi.tool("plain", "\"description\":\"Does it\",\"chat\":{}")))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("chat.parameters.type")
                .isEqualTo("object");
        assertThat(api.post("/v1/functions", """
                {"name":"f","description":"Does it","command":["true"],"chat":{}}"""))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("accepts[0]")
                .isEqualTo("http.invoke");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"chat\":{}} | description",
                "{\"description\":\" \",\"chat\":{}} | description",
                "{\"description\":\"d\",\"chat\":true} | chat",
                "{\"description\":\"d\",\"chat\":{\"schema\":{}}} | chat.schema",
                "{\"description\":\"d\",\"chat\":{\"parameters\":{\"type\":\"string\"}}} | chat.parameters",
                "{\"description\":\"d\",\"chat\":{\"parameters\":5}} | chat.parameters",
                "{\"description\":\"d\",\"chat\":{\"parameters\":{\"type\":\"object\",\"$ref\":\"http://x/y\"}}} | chat.parameters"
            })
    void what_a_model_could_not_be_told_is_refused(String more, String field) {
        String body = "{\"name\":\"t\",\"command\":[\"true\"]," + more.substring(1);

        assertThat(api.post("/api/tools", body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly(field);
    }

    @Test
    void everything_wrong_is_said_at_once() {
        MvcTestResult refused = api.post("/api/tools", """
                {"name":"-Count","accepts":["order.created","Order.*",5],"filter":"1 + 1","colour":1,
                 "runtime":{"kind":"vm","image":"--privileged","pull":"sometimes","size":1},
                 "command":["a\\u0000"],"env":{"9x":"1","LIGHTNING_EVENT":"2","OK":3},"secretEnv":["NOPE"],
                 "resultType":"Not A Type","timeout":"8d","resources":{"memory":"1Mi","cpu":99,"pids":1.5,"disk":1},
                 "network":"yes","replicas":-1,"enabled":0}""");

        assertThat(refused)
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder(
                        "colour",
                        "name",
                        "accepts[1]",
                        "accepts[2]",
                        "runtime.size",
                        "runtime.kind",
                        "runtime.pull",
                        "env.9x",
                        "env.LIGHTNING_EVENT",
                        "env.OK",
                        "secretEnv[0]",
                        "filter",
                        "command",
                        "resources.disk",
                        "timeout",
                        "resources.memory",
                        "resources.cpu",
                        "resources.pids",
                        "network",
                        "replicas",
                        "enabled",
                        "resultType");
        assertThat(api.post("/api/tools", "[]")).hasStatus(400);
        assertThat(api.post("/api/tools", "{")).hasStatus(400);
        assertThat(api.post("/api/tools", "{}"))
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("name", "accepts", "command");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"filter\":\"event.type == 5 && colour\" | filter | line 1, column 20: *",
                "\"filter\":\"1 + 1\" | filter | line 1, column 3: *",
                "\"resultType\":\"llm.chat.response\" | resultType | has another meaning*",
                "\"resultType\":\"tool.other.result\" | resultType | has another meaning*",
                "\"resultType\":\"order.created\" | accepts | takes the tool's own results*",
                "\"runtime\":{\"image\":\"x@sha256:zz\"} | runtime.image | is not the name of an image*",
                "\"runtime\":{\"kind\":\"process\",\"image\":\"x\"} | runtime.image | is not for the process runtime*",
                "\"runtime\":{\"kind\":\"docker\"} | runtime.image | is required",
                "\"runtime\":{\"image\":\"--privileged\"} | runtime.image | is not the name of an image*",
                "\"resources\":{\"pids\":\"x\"} | resources.pids | must be a whole number from 1 to 4096",
                "\"resources\":{\"pids\":1.5} | resources.pids | must be a whole number from 1 to 4096",
                "\"resources\":{\"pids\":1e99} | resources.pids | must be a whole number from 1 to 4096",
                "\"resources\":{\"cpu\":\"x\"} | resources.cpu | must be a number from 0.01 to 8",
                "\"replicas\":\"x\" | replicas | must be a whole number from 0 to 1000",
                "\"runtime\":{\"kind\":\"aci\",\"image\":\"x\"} | runtime.kind | *offered here: process, docker",
                "\"image\":\"x\" | image | is not a field of a tool"
            })
    void one_thing_wrong_is_said_where_it_is(String more, String field, String message) {
        MvcTestResult refused = api.post("/api/tools", ToolApi.tool("one", more));

        assertThat(refused).hasStatus(400);
        assertThat(ToolApi.<List<Map<String, String>>>read(refused, "$.errors")).anySatisfy(error -> {
            assertThat(error.get("field")).isEqualTo(field);
            assertThat(error.get("message")).matches(message.replace("*", ".*"));
        });
    }

    @Test
    void runs_may_need_approval() {
        assertThat(api.post("/api/tools", ToolApi.tool("pay", "\"approval\":\"required\"")))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("approval")
                .isEqualTo("required");
        assertThat(stored("pay").approval()).isTrue();
        MvcTestResult shown = api.get("/api/tools/pay");
        assertThat(api.put("/api/tools/pay", ToolApi.body(shown), null)).hasStatus(200);
        assertThat(stored("pay").approval()).isTrue();
        assertThat(api.put("/api/tools/pay", ToolApi.tool("pay", "\"approval\":\"none\""), null))
                .hasStatus(200);
        assertThat(stored("pay").approval()).isFalse();
        assertThat(api.post("/v1/functions", "{\"name\":\"f\",\"command\":[\"true\"],\"approval\":\"required\"}"))
                .hasStatus(201);
        assertThat(stored("f").approval()).isTrue();
        for (String wrong : List.of("\"approval\":true", "\"approval\":\"Required\"", "\"approval\":\"\"")) {
            assertThat(api.post("/api/tools", ToolApi.tool("x", wrong)))
                    .hasStatus(400)
                    .bodyJson()
                    .extractingPath("errors[*].field")
                    .asArray()
                    .containsExactly("approval");
        }
    }

    @Test
    void a_tool_may_take_neither_invocations_of_functions_nor_calls_of_others() {
        assertThat(api.post("/api/tools", "{\"name\":\"x\",\"accepts\":[\"tool.y.call\"],\"command\":[\"true\"]}"))
                .hasStatus(400);
        assertThat(api.post("/api/tools", "{\"name\":\"x\",\"accepts\":[\"http.invoke\"],\"command\":[\"true\"]}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[0].field")
                .isEqualTo("accepts[0]");
    }

    @Test
    void a_secret_is_kept_and_never_answered() {
        MvcTestResult made = api.post("/api/tools", ToolApi.tool("s", """
                "env":{"LEVEL":"high","api_key":"hunter2","DB":"postgres://u:hunter3@db/x","GH":"ghp_hunter4",
                       "PLAIN":"hunter5"},"secretEnv":["PLAIN"]"""));

        assertThat(made).hasStatus(201).bodyText().doesNotContain("hunter");
        assertThat(made).bodyJson().extractingPath("env").asMap().containsOnlyKeys("LEVEL");
        assertThat(made)
                .bodyJson()
                .extractingPath("secretEnv")
                .asArray()
                .containsExactly("DB", "GH", "PLAIN", "api_key");
        assertThat(api.get("/api/tools/s")).bodyText().doesNotContain("hunter");
        assertThat(api.get("/api/tools")).bodyText().doesNotContain("hunter");
        assertThat(stored("s").secretEnv()).containsEntry("api_key", "hunter2").containsEntry("PLAIN", "hunter5");
    }

    @Test
    void an_update_keeps_replaces_or_drops_a_secret() {
        api.post("/api/tools", ToolApi.tool("s", "\"env\":{\"A_KEY\":\"1\",\"B_KEY\":\"2\",\"C_KEY\":\"3\"}"));

        MvcTestResult changed = api.put("/api/tools/s", ToolApi.tool("s", """
                "env":{"B_KEY":"new"},"secretEnv":["A_KEY","B_KEY"]"""), null);

        assertThat(changed).hasStatus(200);
        assertThat(stored("s").secretEnv()).isEqualTo(Map.of("A_KEY", "1", "B_KEY", "new"));
        assertThat(api.put("/api/tools/s", ToolApi.tool("s", "\"secretEnv\":[\"C_KEY\"]"), null))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[0].field")
                .isEqualTo("secretEnv[0]");
    }

    @Test
    void a_change_meets_the_version_it_names_or_none() {
        String first =
                api.post("/api/tools", ToolApi.tool("v", "")).getResponse().getHeader("ETag");
        MvcTestResult changed = api.put("/api/tools/v", ToolApi.tool("v", "\"network\":true"), first);

        assertThat(changed).hasStatus(200).bodyJson().extractingPath("network").isEqualTo(true);
        assertThat(api.changed).hasSize(1);
        assertThat(api.put("/api/tools/v", ToolApi.tool("v", ""), first))
                .hasStatus(412)
                .bodyJson()
                .extractingPath("type")
                .isEqualTo("/problems/precondition-failed");
        assertThat(api.delete("/api/tools/v", first)).hasStatus(412);
        assertThat(api.put("/api/tools/v", ToolApi.tool("v", ""), "*")).hasStatus(200);
        assertThat(api.put("/api/tools/v", ToolApi.tool("v", ""), null)).hasStatus(200);
        assertThat(api.put("/api/tools/v", ToolApi.tool("w", ""), null))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[0].field")
                .isEqualTo("name");
        String now = api.get("/api/tools/v").getResponse().getHeader("ETag");
        assertThat(api.delete("/api/tools/v", "\"other\", " + now)).hasStatus(204);
    }

    @Test
    void a_name_is_taken_once_and_there_is_an_end_to_definitions() {
        assertThat(api.post("/api/tools", ToolApi.tool("a", ""))).hasStatus(201);
        assertThat(api.post("/api/tools", ToolApi.tool("a", ""))).hasStatus(409);
        assertThat(api.post("/v1/functions", "{\"name\":\"a\",\"command\":[\"true\"]}"))
                .hasStatus(409);
        for (String name : List.of("b", "c", "d", "e")) {
            assertThat(api.post("/api/tools", ToolApi.tool(name, ""))).hasStatus(201);
        }

        assertThat(api.post("/api/tools", ToolApi.tool("f", "")))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("detail")
                .asString()
                .contains("5 tools and functions");
    }

    @Test
    void lists_go_page_by_page_and_belong_to_their_owner() {
        for (String name : List.of("b", "a", "c")) {
            api.post("/api/tools", ToolApi.tool(name, ""));
        }
        api.post("/v1/functions", "{\"name\":\"aa\",\"command\":[\"true\"]}");

        MvcTestResult first = api.get("/api/tools?pageSize=2");
        String token = ToolApi.read(first, "$.nextPageToken");

        assertThat(first).bodyJson().extractingPath("tools[*].name").asArray().containsExactly("a", "b");
        MvcTestResult second = api.get("/api/tools?pageSize=2&pageToken=" + token);
        assertThat(second).bodyJson().extractingPath("tools[*].name").asArray().containsExactly("c");
        assertThat(second).bodyJson().doesNotHavePath("nextPageToken");
        assertThat(api.get("/v1/functions?pageToken=" + token)).hasStatus(400);
        assertThat(api.get("/api/tools?sort=up")).hasStatus(400);
        api.signedIn.as("bob", false);
        assertThat(api.get("/api/tools"))
                .bodyJson()
                .extractingPath("tools")
                .asArray()
                .isEmpty();
        assertThat(api.get("/api/tools/a")).hasStatus(404);
        assertThat(api.put("/api/tools/a", ToolApi.tool("a", ""), null)).hasStatus(404);
        assertThat(api.delete("/api/tools/a", null)).hasStatus(404);
        assertThat(api.get("/api/tools?userID=alice")).hasStatus(403);
        api.signedIn.as("root", true);
        assertThat(api.get("/api/tools?userID=alice"))
                .bodyJson()
                .extractingPath("tools")
                .asArray()
                .hasSize(3);
        assertThat(api.delete("/api/tools/a?userID=alice", null)).hasStatus(204);
    }

    @Test
    void an_environment_has_an_end() {
        String large = String.format(Locale.ROOT, "\"env\":{\"LARGE\":\"%s\"}", "x".repeat(17_000));

        assertThat(api.post("/api/tools", ToolApi.tool("large", large)))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[0].field")
                .isEqualTo("env");
    }

    private ToolDefinition stored(String name) {
        return api.rows
                .find(OwnerKeys.builtIn("alice").key(), name)
                .orElseThrow()
                .definition();
    }

    @Test
    void a_field_that_is_wrong_is_told_once() {
        assertThat(api.post(
                        "/api/tools", "{\"name\":\"x\",\"accepts\":\"a\",\"command\":7,\"description\":8,\"chat\":{}}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("accepts", "command", "description");
        assertThat(api.post("/api/tools", "{\"name\":\"x\",\"accepts\":[1],\"command\":[2]}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("accepts[0]", "command[0]");
    }

    @Test
    void everything_wrong_in_a_list_is_said_at_its_own_place() {
        assertThat(api.post(
                        "/api/tools",
                        "{\"name\":\"x\",\"accepts\":[\"ok.a\",5,\"bad type\"],\"command\":[\"true\"],"
                                + "\"secretEnv\":[1,\"NOPE\"]}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactlyInAnyOrder("accepts[1]", "accepts[2]", "secretEnv[0]", "secretEnv[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aci", "vm", "vm\",\"size\":\"Standard_B2s", "nonsense\",\"image\":\"-x"})
    void of_a_runtime_that_is_not_offered_nothing_else_is_said(String kind) {
        assertThat(api.post(
                        "/api/tools",
                        "{\"name\":\"x\",\"accepts\":[\"a\"],\"network\":false,\"runtime\":{\"spot\":true,\"kind\":\""
                                + kind + "\"}}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly("runtime.kind");
    }

    @Test
    void half_a_character_is_no_part_of_a_command() {
        assertThat(api.post("/api/tools", "{\"name\":\"x\",\"accepts\":[\"a\"],\"command\":[\"echo\",\"\\ud800\"]}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("errors[*].field")
                .asArray()
                .containsExactly("command[1]");
    }

    @Test
    void what_must_not_be_there_is_not_replaced() {
        api.post("/api/tools", ToolApi.tool("x", ""));
        String etag = api.get("/api/tools/x").getResponse().getHeader("ETag");

        for (String excluded : List.of("*", etag, "\"other\", " + etag)) {
            assertThat(api.putUnless("/api/tools/x", ToolApi.tool("x", ""), excluded))
                    .as(excluded)
                    .hasStatus(412);
        }
        assertThat(api.putUnless("/api/tools/none", ToolApi.tool("none", ""), "*"))
                .hasStatus(404);
        assertThat(api.putUnless("/api/tools/x", ToolApi.tool("x", ""), "\"other\""))
                .hasStatus(200);
    }
}
