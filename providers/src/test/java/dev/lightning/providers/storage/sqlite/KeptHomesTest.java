package dev.lightning.providers.storage.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.blobs.folder.FolderBlobSettings;
import dev.lightning.providers.blobs.folder.FolderBlobStore;
import dev.lightning.providers.storage.Entity;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Yesterday's homes open today. Each folder of {@code homes} was written once, by the release it is named after, and is
 * never written again; a new release adds its own with {@code -Dlightning.home.write=<version>}.
 */
final class KeptHomesTest {
    private static final Path HOMES = Path.of("src/test/resources/homes");
    private static final String PARTITION = "k5j2m3n4p6q7";
    private static final Instant TIME = Instant.parse("2026-11-21T10:20:30.123Z");

    static Stream<String> releases() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> homes = Files.list(HOMES)) {
            homes.map(home -> home.getFileName().toString()).sorted().forEach(names::add);
        }
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void a_home_of_an_earlier_release_opens_with_all_that_is_in_it(String release, @TempDir Path home)
            throws IOException {
        copy(HOMES.resolve(release), home);

        try (EntityStore store = store(home)) {
            for (Table table :
                    List.of(Table.USERS, Table.REPOS, Table.SCHEDULES, Table.EVENTS, Table.EFFECTS, Table.MESSAGES)) {
                assertThat(store.partitions(table, "", 10)).containsExactly(PARTITION);
                List<Entity> rows =
                        store.scan(table, PARTITION, RowRange.prefix(""), 10).entities();
                assertThat(rows).extracting(Entity::row).containsExactly("it's 100 %", "plain", "ü/😀");
                assertThat(rows).extracting(Entity::properties).containsOnly(properties(table));
                assertThat(rows.getFirst().properties().requireNumber(Properties.FORMAT))
                        .isEqualTo(1);
            }
        }
        assertThat(blobs(home).get("events/42/out.log")).contains("all that was said".getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("releases")
    void a_home_of_an_earlier_release_can_be_written(String release, @TempDir Path home) throws IOException {
        copy(HOMES.resolve(release), home);

        try (EntityStore store = store(home)) {
            Entity seen = store.get(Table.USERS, PARTITION, "plain").orElseThrow();
            Write update = new Write.Update("plain", Properties.format(1).build(), seen.etag());
            assertThat(store.write(Table.USERS, PARTITION, update).isDone()).isTrue();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "lightning.home.write", matches = ".+")
    void writes_the_home_of_this_release() throws IOException {
        Path home = Files.createDirectories(HOMES.resolve(System.getProperty("lightning.home.write")));
        try (EntityStore store = store(home)) {
            for (Table table : Table.values()) {
                List<Write> rows = Stream.of("plain", "ü/😀", "it's 100 %")
                        .<Write>map(row -> new Write.Insert(row, properties(table)))
                        .toList();
                assertThat(store.write(table, PARTITION, rows).isDone()).isTrue();
            }
        }
        blobs(home).put("events/42/out.log", "all that was said".getBytes(UTF_8));
    }

    private static Properties properties(Table table) {
        return Properties.format(1)
                .put("name", table.defaultName())
                .put("text", "ü 'q' \"d\" \\ \n \u0000 😀")
                .put("number", Long.MAX_VALUE)
                .put("flag", true)
                .put("time", TIME)
                .build();
    }

    private static EntityStore store(Path home) {
        return new SqliteEntityStore(new SqliteSettings(home.resolve("lightning.db"), null, null, null));
    }

    private static BlobStore blobs(Path home) {
        return new FolderBlobStore(new FolderBlobSettings(home.resolve("blobs")));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
