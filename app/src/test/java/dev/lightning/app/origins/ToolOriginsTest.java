package dev.lightning.app.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

class ToolOriginsTest {
    @Test
    void whoever_calls_from_the_network_of_a_tool_is_included_and_nobody_else() {
        ToolOrigins origins = new ToolOrigins(() -> List.of("10.89.1.0/24", "fd00:1::/64"));

        assertThat(List.of("10.89.1.7", "fd00:1::9")).allMatch(origins::include);
        assertThat(List.of("10.89.2.7", "127.0.0.1", "0:0:0:0:0:0:0:1")).noneMatch(origins::include);
    }

    @Test
    void an_engine_that_is_away_runs_no_tools() {
        ToolOrigins origins = new ToolOrigins(() -> {
            throw new RuntimeUnavailableException("The engine is away", null);
        });

        assertThat(origins.include("10.89.1.7")).isFalse();
    }

    @Test
    void a_server_that_is_closed_to_them_says_so_and_does_nothing_else() throws Exception {
        HttpResponse<String> refused = answer("127.0.0.0/8");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(refused.body()).contains("Tools cannot call the platform");

        assertThat(answer("10.89.1.0/24").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> answer(String network) throws Exception {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        new ToolOrigins(() -> List.of(network)).shutOut().customize(factory);
        WebServer server = factory.getWebServer();
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + server.getPort() + "/");
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } finally {
            server.stop();
            server.destroy();
        }
    }
}
