package dev.lightning.api.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.security.OwnerKeys;
import dev.lightning.providers.storage.rows.ToolDefinition.Placement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class AzurePlacementTest {
    private static final String URN = "Debian:debian-12:12-gen2:latest";

    private final ToolApi api = new ToolApi(
            10, new OfferedRuntimes(List.of("docker", "aci", "vm"), List.of("Standard_B2s", "Standard_D2s_v5")));

    @Test
    void a_machine_is_asked_for_shown_and_sent_back() {
        MvcTestResult made = api.post("/api/tools", ToolApi.tool("big", """
                "network":true,"runtime":{"kind":"vm","image":"%s","size":"Standard_B2s","spot":true,"reuse":true}""".formatted(URN)));

        assertThat(made)
                .hasStatus(201)
                .bodyJson()
                .extractingPath("runtime")
                .isEqualTo(Map.of(
                        "kind",
                        "vm",
                        "image",
                        URN,
                        "pull",
                        "missing",
                        "size",
                        "Standard_B2s",
                        "spot",
                        true,
                        "reuse",
                        true));
        assertThat(api.put("/api/tools/big", ToolApi.body(made), null)).hasStatus(200);
        assertThat(placement("big")).isEqualTo(new Placement("vm", URN, "missing", "Standard_B2s", true, true));
    }

    @Test
    void what_is_not_said_of_a_machine_is_left_to_the_operator() {
        assertThat(api.post("/api/tools", ToolApi.tool("plain", "\"network\":true,\"runtime\":{\"kind\":\"vm\"}")))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("runtime")
                .isEqualTo(Map.of("kind", "vm", "pull", "missing"));
        assertThat(placement("plain")).isEqualTo(new Placement("vm", null, "missing"));
    }

    @Test
    void an_image_goes_to_containers_of_whichever_kind_there_are() {
        ToolApi azure = new ToolApi(10, "vm", "aci");

        assertThat(azure.post("/api/tools", ToolApi.tool("c", "\"network\":true,\"runtime\":{\"image\":\"x\"}")))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("runtime.kind")
                .isEqualTo("aci");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"runtime\":{\"kind\":\"vm\"} | network | must be true for the runtime vm: *",
                "\"network\":false,\"runtime\":{\"kind\":\"aci\",\"image\":\"x\"} | network | must be true*",
                "\"runtime\":{\"kind\":\"vm\",\"image\":\"alpine:3\"} | runtime.image | *publisher:offer:sku:version*",
                "\"runtime\":{\"kind\":\"vm\",\"size\":\"a b\"} | runtime.size | is not the name of a size*",
                "\"runtime\":{\"kind\":\"aci\",\"image\":\"x\",\"size\":\"Standard_B2s\"} | runtime.size | is for the vm*",
                "\"runtime\":{\"kind\":\"aci\",\"image\":\"x\",\"reuse\":true} | runtime.reuse | is for the runtime vm",
                "\"runtime\":{\"image\":\"x\",\"spot\":true} | runtime.spot | is for the runtime aci or vm",
                "\"runtime\":{\"kind\":\"vm\",\"spot\":\"yes\"} | runtime.spot | must be true or false",
                "\"runtime\":{\"kind\":\"vm\"},\"command\":[] | command | is required*",
                "\"network\":true,\"runtime\":{\"kind\":\"aci\",\"image\":\"x\"},\"command\":[] | command | is required*",
                "\"runtime\":{\"kind\":\"vm\",\"size\":\"Standard_M416\"} | runtime.size | must be one of Standard_B2s, *"
            })
    void one_thing_wrong_is_said_where_it_is(String more, String field, String message) {
        String command = more.contains("command") ? "" : "\"command\":[\"true\"],";
        MvcTestResult refused = api.post("/api/tools", "{\"name\":\"one\",\"accepts\":[\"a\"]," + command + more + "}");

        assertThat(refused).hasStatus(400);
        assertThat(ToolApi.<List<Map<String, String>>>read(refused, "$.errors")).anySatisfy(error -> {
            assertThat(error.get("field")).isEqualTo(field);
            assertThat(error.get("message")).matches(message.replace("*", ".*"));
        });
    }

    private Placement placement(String name) {
        return api.rows
                .find(OwnerKeys.builtIn("alice").key(), name)
                .orElseThrow()
                .definition()
                .runtime();
    }
}
