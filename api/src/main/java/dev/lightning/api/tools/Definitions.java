package dev.lightning.api.tools;

import dev.lightning.api.errors.Problem;
import dev.lightning.providers.storage.rows.ToolDefinition.Kind;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.workflows.events.Owner;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.JsonNode;

/** Makes, changes and removes a user's definitions; tools and functions share their names and nothing else. */
final class Definitions {
    private static final Logger log = LoggerFactory.getLogger(Definitions.class);
    private static final Pattern POSSIBLE_NAME = Pattern.compile("[a-z0-9-]{1,63}");
    private static final int ATTEMPTS = 5;

    private final ToolRows rows;
    private final DefinitionReader reader;
    private final Consumer<String> news;
    private final int maxPerUser;
    private final Clock clock;

    /** Takes who is told of every owner whose definitions have changed. */
    Definitions(ToolRows rows, DefinitionReader reader, Consumer<String> news, ToolSettings settings, Clock clock) {
        this.rows = rows;
        this.reader = reader;
        this.news = news;
        this.maxPerUser = settings.maxPerUser();
        this.clock = clock;
    }

    ToolRow create(Owner owner, Kind kind, JsonNode body) {
        ToolRow row = ToolRow.created(reader.read(body, kind), null, now());
        if (rows.find(owner.key(), row.name()).isPresent()) {
            throw taken(row.name());
        }
        if (rows.all(owner.key()).size() >= maxPerUser) {
            throw Problem.CONFLICT.with("You have " + maxPerUser
                    + " tools and functions, which is as many as a user may have; delete one first");
        }
        ToolRow stored = rows.insert(owner.key(), row).orElseThrow(() -> taken(row.name()));
        log.info("event=tool.created tool={}/{} kind={}", owner.key(), row.name(), kind);
        return stored;
    }

    ToolRow find(Owner owner, Kind kind, String name) {
        if (!POSSIBLE_NAME.matcher(name).matches()) {
            throw missing(kind, name);
        }
        return rows.find(owner.key(), name)
                .filter(row -> row.definition().kind() == kind)
                .orElseThrow(() -> missing(kind, name));
    }

    ToolRows.Listed list(Owner owner, Kind kind, @Nullable String firstRow, int size) {
        return rows.list(owner.key(), row -> row.definition().kind() == kind, firstRow, size);
    }

    /** Replaces the whole definition, where the conditions allow it; without any the last one to say so wins. */
    ToolRow replace(
            Owner owner,
            Kind kind,
            String name,
            JsonNode body,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ToolRow seen = find(owner, kind, name);
            Etags.require(ifMatch, seen);
            Etags.refuse(ifNoneMatch, seen);
            ToolRow changed = seen.changed(reader.read(body, kind, seen.definition()), null, now());
            var stored = rows.update(owner.key(), changed);
            if (stored.isPresent()) {
                log.info("event=tool.changed tool={}/{} kind={}", owner.key(), name, kind);
                news.accept(owner.key());
                return stored.get();
            }
        }
        throw busy(name);
    }

    void delete(Owner owner, Kind kind, String name, @Nullable String ifMatch) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ToolRow seen = find(owner, kind, name);
            Etags.require(ifMatch, seen);
            if (rows.delete(owner.key(), seen)) {
                log.info("event=tool.deleted tool={}/{} kind={}", owner.key(), name, kind);
                news.accept(owner.key());
                return;
            }
        }
        throw busy(name);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static ErrorResponseException missing(Kind kind, String name) {
        return Problem.noSuch(kind == Kind.FUNCTION ? "function" : "tool", name);
    }

    private static ErrorResponseException taken(String name) {
        return Problem.CONFLICT.with("There is a tool or function named " + name + " already");
    }

    private static ErrorResponseException busy(String name) {
        return Problem.CONFLICT.with("Others are changing " + name + " at the same time; try again");
    }
}
