package dev.lightning.api.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.api.CountingStore;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.ToolRow;
import dev.lightning.providers.storage.rows.ToolRows;
import dev.lightning.workflows.tools.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ToolFolderTest {
    @TempDir
    private Path folder;

    private final ToolRows rows = new ToolRows(new InMemoryEntityStore());
    private final List<String> changed = new ArrayList<>();
    private ToolFolder files;

    @BeforeEach
    void open() {
        files = folderOf(folder);
    }

    private ToolFolder folderOf(Path path) {
        return new ToolFolder(path, ToolApi.reader(ToolApi.settings(100)), rows, changed::add, ToolApi.CLOCK);
    }

    @Test
    void files_become_definitions_of_the_platform() throws IOException {
        write("audit.yaml", """
                name: audit
                accepts: [order.*]
                filter: |
                  event.metadata.total > 10
                  && event.source == "shop"
                command:
                  - sh
                  - -c
                  - wc -c
                env:
                  LEVEL: high
                  API_KEY: hunter2
                approval: required
                resources:
                  cpu: 0.5
                  memory: 128Mi
                description: Counts bytes
                chat:
                  parameters:
                    type: object
                    properties:
                      text: {type: string}
                """);
        write("notes.txt", "name: [");
        write(".hidden.yaml", "name: [");

        files.load();

        ToolRow row = row("audit");
        assertThat(row.origin()).isEqualTo("audit.yaml");
        assertThat(row.definition().command()).containsExactly("sh", "-c", "wc -c");
        assertThat(changed).containsExactly("platform");
        assertThat(row.definition().env()).isEqualTo(Map.of("LEVEL", "high"));
        assertThat(row.definition().secretEnv()).isEqualTo(Map.of("API_KEY", "hunter2"));
        assertThat(row.definition().limits().cpus()).isEqualTo(0.5);
        assertThat(row.definition().approval()).isTrue();
        assertThat(row.definition().chatSchema())
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}}}");
        assertThat(names()).containsExactly("audit");
    }

    @Test
    void a_wrong_file_is_one_line_with_every_problem_and_leaves_what_was_there(CapturedOutput output)
            throws IOException {
        write("audit.yaml", tool("audit"));
        files.load();

        write("audit.yaml", "name: audit\naccepts: [Order]\ncommand: []\ntimeout: soon\n");
        write("broken.yml", "name: [\n");
        write("list.yml", "- a\n");
        write("twice.yml", "name: a\nname: b\n");
        write("java.yml", "!!java.net.URL [\"http://localhost\"]\n");
        files.load();

        assertThat(names()).containsExactly("audit");
        assertThat(row("audit").definition().accepts()).containsExactly("order.created");
        assertThat(output.getOut().lines().filter(line -> line.contains("tool.file.refused")))
                .hasSize(5)
                .anySatisfy(line -> assertThat(line)
                        .contains("file=audit.yaml", "accepts[0] must be", "command is required", "timeout must be"))
                .anySatisfy(line -> assertThat(line).contains("file=broken.yml", "is not YAML: line "))
                .anySatisfy(line -> assertThat(line).contains("file=list.yml", "must be one mapping"));
        files = folderOf(folder);
        files.load();
        assertThat(names()).as("after a restart").containsExactly("audit");
    }

    @Test
    void a_removed_file_removes_its_tool_and_a_renamed_tool_its_old_name() throws IOException {
        write("one.yaml", tool("one"));
        write("two.yaml", tool("two"));
        files.load();

        Files.delete(folder.resolve("one.yaml"));
        write("two.yaml", tool("zwei"));
        files.load();

        assertThat(names()).containsExactly("zwei");
        folderOf(null).load();
        assertThat(names()).isEmpty();
    }

    @Test
    void of_two_files_with_one_name_the_first_counts(CapturedOutput output) throws IOException {
        write("a.yaml", tool("same"));
        write("b.yaml", tool("same"));

        files.load();

        assertThat(row("same").origin()).isEqualTo("a.yaml");
        assertThat(output).contains("file=b.yaml problems=\"name is taken by a.yaml\"");
    }

    @Test
    void a_folder_that_is_away_leaves_everything_as_it_is() throws IOException {
        write("one.yaml", tool("one"));
        files.load();

        folderOf(folder.resolve("nowhere")).load();

        assertThat(names()).containsExactly("one");
    }

    @Test
    void a_store_that_is_away_is_not_blamed_on_the_folder(CapturedOutput output) throws IOException {
        write("one.yaml", tool("one"));
        CountingStore store = new CountingStore();
        store.goAway();

        new ToolFolder(folder, ToolApi.reader(ToolApi.settings(100)), new ToolRows(store), changed::add, ToolApi.CLOCK)
                .load();

        assertThat(output).contains("event=tools.store.away reason=\"away\"").doesNotContain("tools.folder.unreadable");
    }

    @Test
    void changes_are_seen_while_the_process_runs() throws IOException {
        write("one.yaml", tool("one"));
        ToolFolderWatch watch = new ToolFolderWatch(files, true, Duration.ofMillis(100));

        watch.start();
        try {
            assertThat(watch.isRunning()).isTrue();
            assertThat(names()).containsExactly("one");
            write("another.yaml", tool("another"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(names()).containsExactly("another", "one"));
        } finally {
            watch.stop();
        }
        assertThat(watch.isRunning()).isFalse();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String tool(String name) {
        return "name: " + name + "\naccepts: [order.created]\ncommand: [\"true\"]\n";
    }

    private ToolRow row(String name) {
        return rows.find(ToolSpec.PLATFORM, name).orElseThrow();
    }

    private List<String> names() {
        return rows.all(ToolSpec.PLATFORM).stream().map(ToolRow::name).toList();
    }
}
