package dev.lightning.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.api.errors.FieldError;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.sources.RepoUrls;
import dev.lightning.providers.storage.InMemoryEntityStore;
import dev.lightning.providers.storage.rows.RepoRow;
import dev.lightning.providers.storage.rows.RepoRows;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.tools.WorkerTaskRules;
import dev.lightning.providers.tools.WorkerTasks;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerTaskCheckTest {
    private static final Owner ALICE = new Owner("aliceaaaaaaa", "alice");
    private static final Map<String, Object> RIGHT =
            Map.of("repo", "https://git.example.org/web.git", "commands", List.of("make"));

    private final RepoRows repositories = new RepoRows(new InMemoryEntityStore());

    @Test
    void a_task_that_says_enough_is_right() {
        assertThat(wrong(check("process", null), RIGHT)).isEmpty();
        assertThat(wrong(
                        check("docker", null),
                        with(Map.of(
                                "image",
                                "ghcr.io/org/image:1@sha256:" + "0f".repeat(32),
                                "ref",
                                "feature/x",
                                "env",
                                Map.of("A", ""),
                                "timeoutSeconds",
                                3_600,
                                "network",
                                true,
                                "other",
                                List.of(1)))))
                .isEmpty();
    }

    @Test
    void everything_wrong_is_told_at_once() {
        assertThat(wrong(
                        check("process", null),
                        Map.of(
                                "repo", "http://127.0.0.1/web",
                                "ref", "--upload-pack=x",
                                "image", "-x",
                                "commands", List.of(),
                                "env", Map.of("LIGHTNING_X", "1", "B", 2),
                                "timeoutSeconds", 3_601,
                                "network", "yes")))
                .containsExactlyInAnyOrder(
                        "metadata.repo",
                        "metadata.ref",
                        "metadata.image",
                        "metadata.commands",
                        "metadata.env.LIGHTNING_X",
                        "metadata.env.B",
                        "metadata.timeoutSeconds",
                        "metadata.network");
    }

    static Stream<Arguments> wrong_values() {
        return Stream.of(
                Arguments.of("repo", null, "metadata.repo"),
                Arguments.of("repo", 7, "metadata.repo"),
                Arguments.of("repo", "Not a name", "metadata.repo"),
                Arguments.of("repo", "git@github.com:example/web.git", "metadata.repo"),
                Arguments.of("repo", "https://me:hunter2@git.example.org/web", "metadata.repo"),
                Arguments.of("commands", null, "metadata.commands"),
                Arguments.of("commands", "make", "metadata.commands"),
                Arguments.of("commands", List.of("make", " "), "metadata.commands[1]"),
                Arguments.of("commands", List.of("a\0b"), "metadata.commands[0]"),
                Arguments.of("commands", Collections.nCopies(101, "x"), "metadata.commands"),
                Arguments.of("commands", List.of("x".repeat(20_000)), "metadata.commands"),
                Arguments.of("env", List.of("A=1"), "metadata.env"),
                Arguments.of("env", Map.of("A=B", "1"), "metadata.env"),
                Arguments.of("env", Map.of("MY_TOKEN", "1"), "metadata.env.MY_TOKEN"),
                Arguments.of("env", Map.of("A", "ghp_0123456789"), "metadata.env.A"),
                Arguments.of("env", Map.of("A", "x".repeat(20_000)), "metadata.env"),
                Arguments.of("timeoutSeconds", 0, "metadata.timeoutSeconds"),
                Arguments.of("timeoutSeconds", "60", "metadata.timeoutSeconds"));
    }

    @ParameterizedTest
    @MethodSource("wrong_values")
    void one_wrong_value_is_told_by_its_field(String field, Object value, String expected) {
        Map<String, Object> metadata = new HashMap<>(RIGHT);
        metadata.put(field, value);

        assertThat(wrong(check("process", null), metadata)).containsExactly(expected);
    }

    @Test
    void an_image_is_needed_where_containers_run_tasks_and_none_is_set() {
        assertThat(wrong(check("docker", null), RIGHT)).containsExactly("metadata.image");
        assertThat(wrong(check("docker", "busybox"), RIGHT)).isEmpty();
    }

    @Test
    void container_groups_take_images_and_cannot_be_kept_from_the_network() {
        Map<String, Object> online = with(Map.of("network", true));

        assertThat(wrong(check("aci", null), online)).containsExactly("metadata.image");
        assertThat(wrong(check("aci", "busybox"), online)).isEmpty();
        assertThat(wrong(check("aci", "busybox"), RIGHT)).containsExactly("metadata.network");
        WorkerTasks tasks = tasks("aci", "busybox");
        assertThat(tasks.read(online).image()).isEqualTo("busybox");
        assertThat(tasks.read(with(Map.of("image", "debian", "network", true))))
                .satisfies(task -> assertThat(task.runtime()).isEqualTo("aci"))
                .satisfies(task -> assertThat(task.image()).isEqualTo("debian"));
    }

    @Test
    void a_registered_name_must_be_registered_by_the_events_owner() {
        repositories.insert("bobbbbbbbbbb", repository("theirs", "https://git.example.org/web"));
        repositories.insert(ALICE.key(), repository("web", "https://git.example.org/web"));
        repositories.insert(ALICE.key(), repository("old", "git@git.example.org:web"));

        assertThat(wrongFor(ALICE, with(Map.of("repo", "web")))).isEmpty();
        assertThat(wrongFor(ALICE, with(Map.of("repo", "theirs")))).containsExactly("metadata.repo");
        assertThat(wrongFor(ALICE, with(Map.of("repo", "old")))).containsExactly("metadata.repo");
        assertThat(wrongFor(ALICE, RIGHT)).isEmpty();
    }

    private static RepoRow repository(String name, String url) {
        return new RepoRow(name, url, null, null, Instant.EPOCH);
    }

    private static Map<String, Object> with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(RIGHT);
        all.putAll(more);
        return all;
    }

    private WorkerTaskCheck check(String runtime, String image) {
        return new WorkerTaskCheck(tasks(runtime, image));
    }

    private WorkerTasks tasks(String runtime, String image) {
        return new WorkerTasks(
                repositories,
                new RepoUrls(false),
                new WorkerTaskRules(
                        List.of("process", "docker", "aci"),
                        runtime,
                        image,
                        new ToolDefinition.Limits(Duration.ofMinutes(10), 1 << 28, 1, 100, 1 << 20),
                        Duration.ofHours(1)));
    }

    private static List<String> wrong(WorkerTaskCheck check, Map<String, Object> metadata) {
        Findings findings = new Findings();
        check.check(Metadata.of(metadata), "metadata", findings);
        assertThat(findings.errors().toString()).doesNotContain("hunter2");
        return findings.errors().stream().map(FieldError::field).toList();
    }

    private List<String> wrongFor(Owner owner, Map<String, Object> metadata) {
        Findings findings = new Findings();
        check("process", null).check(owner, Metadata.of(metadata), "metadata", findings);
        return findings.errors().stream().map(FieldError::field).toList();
    }
}
