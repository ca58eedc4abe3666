package dev.lightning.api.tools;

import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.workflows.tools.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the platform's definitions those of the operator's files. A file that is wrong leaves what it said before; a file
 * that is gone takes its definition with it.
 */
final class ToolFolder {
    private static final Logger log = LoggerFactory.getLogger(ToolFolder.class);

    private final @Nullable Path folder;
    private final ToolFile file;
    private final ToolRows rows;
    private final Consumer<String> news;
    private final Clock clock;
    private @Nullable Map<String, String> loaded;

    /** Takes the folder, null when there is none, and who is told of the owner whose definitions have changed. */
    ToolFolder(@Nullable Path folder, DefinitionReader reader, ToolRows rows, Consumer<String> news, Clock clock) {
        this.folder = folder;
        this.file = new ToolFile(reader);
        this.rows = rows;
        this.news = news;
        this.clock = clock;
    }

    /** Loads what has changed since the last time; everything at the first. Whatever is away is tried again next time. */
    void load() {
        try {
            SortedMap<String, Path> files = files();
            Map<String, String> state = state(files);
            if (!state.equals(loaded)) {
                load(files);
                loaded = state;
            }
        } catch (StorageUnavailableException away) {
            log.warn("event=tools.store.away reason=\"{}\"", away.getMessage());
        } catch (IOException away) {
            log.warn(
                    "event=tools.folder.unreadable folder={} reason={}",
                    folder,
                    away.getClass().getSimpleName());
        }
    }

    private SortedMap<String, Path> files() throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        if (folder != null) {
            try (Stream<Path> found = Files.list(folder)) {
                found.filter(ToolFile::isOne).forEach(path -> files.put(String.valueOf(path.getFileName()), path));
            }
        }
        return files;
    }

    private static Map<String, String> state(Map<String, Path> files) throws IOException {
        Map<String, String> state = new LinkedHashMap<>();
        for (Map.Entry<String, Path> entry : files.entrySet()) {
            Path path = entry.getValue();
            state.put(entry.getKey(), Files.getLastModifiedTime(path) + " " + Files.size(path));
        }
        return state;
    }

    private void load(SortedMap<String, Path> files) throws IOException {
        Map<String, String> origins = new LinkedHashMap<>();
        for (Map.Entry<String, Path> entry : files.entrySet()) {
            String origin = entry.getKey();
            switch (file.read(entry.getValue())) {
                case ToolFile.Content.Right(ToolDefinition definition) -> {
                    String earlier = origins.putIfAbsent(definition.name(), origin);
                    if (earlier == null) {
                        keep(definition, origin);
                    } else {
                        refuse(origin, "name is taken by " + earlier);
                    }
                }
                case ToolFile.Content.Wrong(String problems) -> {
                    refuse(origin, problems);
                    rows.all(ToolSpec.PLATFORM).stream()
                            .filter(row -> origin.equals(row.origin()))
                            .forEach(row -> origins.putIfAbsent(row.name(), origin));
                }
            }
        }
        removeOthersThan(origins);
    }

    private static void refuse(String origin, String problems) {
        log.error("event=tool.file.refused file={} problems=\"{}\"", origin, problems);
    }

    private void keep(ToolDefinition definition, String origin) {
        ToolRow present = rows.find(ToolSpec.PLATFORM, definition.name()).orElse(null);
        if (present != null && present.definition().equals(definition) && origin.equals(present.origin())) {
            return;
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        boolean written = present == null
                ? rows.insert(ToolSpec.PLATFORM, ToolRow.created(definition, origin, now))
                        .isPresent()
                : rows.update(ToolSpec.PLATFORM, present.changed(definition, origin, now))
                        .isPresent();
        if (written) {
            news.accept(ToolSpec.PLATFORM);
            log.info("event=tool.file.loaded file={} tool={}", origin, definition.name());
        }
    }

    private void removeOthersThan(Map<String, String> origins) {
        List<ToolRow> gone = rows.all(ToolSpec.PLATFORM).stream()
                .filter(row -> !origins.containsKey(row.name()))
                .toList();
        for (ToolRow row : gone) {
            if (rows.delete(ToolSpec.PLATFORM, row)) {
                news.accept(ToolSpec.PLATFORM);
                log.info("event=tool.file.removed file={} tool={}", row.origin(), row.name());
            }
        }
    }
}
