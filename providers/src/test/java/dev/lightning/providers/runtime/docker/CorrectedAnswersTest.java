package dev.lightning.providers.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CorrectedAnswersTest {
    /** In the words of podman 4.3. */
    private static final String GONE = "{\"cause\":\"no such container\","
            + "\"message\":\"container ba11 does not exist in database: no such container\",\"response\":500}";

    private static final String FAILED = "{\"cause\":\"that is a bug\",\"message\":\"that is a bug\",\"response\":500}";

    @Test
    void a_container_that_is_removed_while_it_is_looked_at_is_not_found() throws Exception {
        assertThat(answer(500, GONE)).isEqualTo("404 " + GONE);
    }

    @Test
    void all_else_stays_as_it_was() throws Exception {
        assertThat(answer(500, FAILED)).isEqualTo("500 " + FAILED);
        assertThat(answer(200, GONE)).isEqualTo("200 " + GONE);
    }

    private static String answer(int status, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpServer engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        engine.start();
        try (DockerHttpClient client = new CorrectedAnswers(new ZerodepDockerHttpClient.Builder()
                        .dockerHost(URI.create(
                                "tcp://127.0.0.1:" + engine.getAddress().getPort()))
                        .build());
                Response response = client.execute(Request.builder()
                        .method("GET")
                        .path("/containers/a/json")
                        .build())) {
            return response.getStatusCode() + " "
                    + new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            engine.stop(0);
        }
    }
}
