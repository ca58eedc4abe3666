package dev.lightning.providers.runtime.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Learns whether something that had begun goes on or why it has failed, which Azure tells only where it tells how far it has come. */
public final class ArmOperations {
    private static final Logger log = LoggerFactory.getLogger(ArmOperations.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** As Azure writes how something has ended, in small letters. */
    private static final List<String> OVER = List.of("succeeded", "failed", "canceled");

    private final ArmSettings settings;
    private final HttpPipeline pipeline;
    private final ArmTrouble trouble;

    public ArmOperations(ArmSettings settings, HttpPipeline pipeline, ArmTrouble trouble) {
        this.settings = settings;
        this.pipeline = pipeline;
        this.trouble = trouble;
    }

    /**
     * Why it failed; empty when it has not, or nobody knows any more.
     *
     * @param operation the address that came with its beginning; null where that answer was lost
     */
    public Optional<ArmRefusal> failure(@Nullable String operation) {
        return told(operation)
                .filter(told -> "Failed".equalsIgnoreCase(told.path("status").asString("")))
                .map(this::read);
    }

    /**
     * Whether it goes on; not where nobody knows any more.
     *
     * @param operation the address that came with its beginning; null where that answer was lost
     */
    public boolean isUnderWay(@Nullable String operation) {
        return told(operation)
                .map(told -> told.path("status").asString("").toLowerCase(Locale.ROOT))
                .filter(status -> !status.isEmpty() && !OVER.contains(status))
                .isPresent();
    }

    private Optional<JsonNode> told(@Nullable String operation) {
        if (operation == null || !operation.startsWith(settings.endpoint() + "/")) {
            return Optional.empty();
        }
        try (HttpResponse response = pipeline.sendSync(new HttpRequest(HttpMethod.GET, operation), Context.NONE)) {
            return Optional.of(JSON.readTree(response.getBodyAsBinaryData().toString()));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        } catch (RuntimeException away) {
            log.debug("event=operation.unknown", away);
            return Optional.empty();
        }
    }

    /** Container groups have events where others have an error. */
    private ArmRefusal read(JsonNode told) {
        JsonNode error = told.path("error");
        if (!error.path("code").asString("").isEmpty()) {
            return trouble.failed(
                    error.path("code").asString(""), error.path("message").asString(""));
        }
        JsonNode events = told.path("properties").path("events");
        JsonNode last = events.path(events.size() - 1);
        return trouble.failed(
                last.path("name").asString("Failed"), last.path("message").asString(""));
    }
}
