package dev.lightning.providers.runtime.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Podman answers 500 for a container that is removed while it looks at it; here that is the 404 which a later question
 * gets, so that everybody who asks has one kind of "not there".
 */
final class CorrectedAnswers implements DockerHttpClient {
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;
    private static final String GONE = "no such container";

    private final DockerHttpClient engine;

    CorrectedAnswers(DockerHttpClient engine) {
        this.engine = engine;
    }

    @Override
    public Response execute(Request request) {
        Response answer = engine.execute(request);
        if (answer.getStatusCode() != FAILED) {
            return answer;
        }
        try (answer) {
            byte[] body = answer.getBody().readAllBytes();
            boolean gone = new String(body, StandardCharsets.UTF_8).contains(GONE);
            return new Failure(gone ? NOT_FOUND : FAILED, answer.getHeaders(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }

    private static final class Failure implements Response {
        private final int status;
        private final Map<String, List<String>> headers;
        private final byte[] body;

        Failure(int status, Map<String, List<String>> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public void close() {}
    }
}
