package dev.lightning.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lightning.app.Instance;
import dev.lightning.app.faults.Caller.Answer;
import dev.lightning.app.temporal.ServerProbe;
import dev.lightning.providers.testing.GitServer;
import dev.lightning.providers.testing.NotifySink;
import dev.lightning.providers.testing.SinkAnswer;
import dev.lightning.providers.testing.StandInBehaviour;
import dev.lightning.providers.testing.StandInModel;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants secrets and a prompt that nobody would write by chance, and looks for them in everything that is left behind. */
class SecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PROMPT = "canary-prompt-5b1f7c why is the sky blue";
    private static final String PASSWORD = "canary-password-8d20e4a1";
    private static final String WRONG_PASSWORD = "canary-wrong-pass-77c1";
    private static final String MODEL_KEY = "sk-canary-model-key-3e9a";
    private static final String NOTIFY_KEY = "canary-notify-secret-0123456789abcdef";
    private static final String NOTIFY_SECRET =
            "whsec_" + Base64.getEncoder().encodeToString(NOTIFY_KEY.getBytes(StandardCharsets.UTF_8));
    private static final String REPO_PASSWORD = "canary-repo-password-51d0";
    private static final String SIGNING_KEY = "canary-signing-key-0123456789abcdef-42";

    @TempDir
    Path folder;

    private final Map<String, String> secrets = new LinkedHashMap<>(Map.of(
            "the model's key", MODEL_KEY,
            "the notify secret", NOTIFY_SECRET.substring(6),
            "the notify secret's bytes", NOTIFY_KEY,
            "the signing key", SIGNING_KEY,
            "the signing key as base64",
                    Base64.getEncoder().encodeToString(SIGNING_KEY.getBytes(StandardCharsets.UTF_8)),
            "a repository's password", REPO_PASSWORD,
            "a repository's password as base64",
                    Base64.getEncoder()
                            .encodeToString((GitServer.USER + ":" + REPO_PASSWORD).getBytes(StandardCharsets.UTF_8)),
            "a password", PASSWORD,
            "a wrong password", WRONG_PASSWORD));
    private final List<String> answers = new ArrayList<>();
    private StandInModel model;
    private NotifySink sink;
    private GitServer git;

    @BeforeEach
    void start_the_outside() throws IOException {
        git = GitServer.start(Files.createDirectories(folder.resolve("repositories")), REPO_PASSWORD);
        git.commit("web", Map.of("README", "hello"));
        writeSecret("web-key", REPO_PASSWORD);
        writeSecret("old-key", REPO_PASSWORD + "-old");
        model = StandInModel.start();
        sink = NotifySink.start(NOTIFY_SECRET);
    }

    @AfterEach
    void stop_the_outside() {
        model.close();
        sink.close();
        git.close();
    }

    private void writeSecret(String name, String password) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("secrets")).resolve(name + ".json"), """
                {"url":"%s","users":["alice"],"username":"%s","password":"%s"}""".formatted(
                        git.closed(""), GitServer.USER, password));
    }

    @Test
    void no_secret_is_left_anywhere_and_no_prompt_where_others_read() throws Exception {
        Caller alice;
        List<String> logs = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        try (Instance text = product(Map.of())) {
            alice = Caller.register(text.address("API"), "alice", PASSWORD);
            secrets.put("a token", alice.token());
            secrets.put(
                    "a token's signature", alice.token().substring(alice.token().lastIndexOf('.') + 1));

            useEverything(alice, "text");
            labels.addAll(readLabels(text));
            answers.add(ServerProbe.get(text.address("Metrics")));
            text.kill();
            text.exitCode();
            logs.add(text.output());
        }
        try (Instance json = product(Map.of("LIGHTNING_LOG_FORMAT", "json"))) {
            useEverything(alice.at(json.address("API")), "json");
            labels.addAll(readLabels(json));
            String metrics = ServerProbe.get(json.address("Metrics"));
            answers.add(metrics);
            assertThat(metrics).doesNotContain("canary");
            json.kill();
            json.exitCode();
            logs.add(json.output());
        }
        Map<String, String> files = filesOfTheHome();
        files.forEach((name, content) -> {
            if (name.startsWith("logs/")) {
                logs.add(content);
            }
        });

        assertThat(logs).hasSizeGreaterThan(2).allSatisfy(log -> assertThat(log).doesNotContain("canary"));
        assertThat(labels).isNotEmpty().allSatisfy(label -> assertThat(label).doesNotContain("canary"));
        assertThat(answers).allSatisfy(this::holdsNoSecret);
        assertThat(files)
                .as("what is searched is readable at all")
                .anySatisfy((name, content) ->
                        assertThat(name + content).startsWith("temporal/").contains(PROMPT));
        files.forEach((name, content) -> holdsNoSecret("in " + name, content));
        assertThat(sink.calls())
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.signatureOk()).isTrue());
    }

    private void useEverything(Caller alice, String round) {
        model.next(
                StandInBehaviour.echoes(),
                StandInBehaviour.echoesTheKey(),
                StandInBehaviour.fails(400, "invalid_request_error", null, "Not this: " + PROMPT),
                StandInBehaviour.fails(500, "server_error", null, "Broken by " + PROMPT),
                StandInBehaviour.sends("no JSON but " + PROMPT));
        sink.then(new SinkAnswer.Status(500));
        chat(alice, "fine-" + round, "COMPLETED");
        chat(alice, "refused-key-" + round, "FAILED");
        chat(alice, "refused-prompt-" + round, "FAILED");
        chat(alice, "retried-" + round, "COMPLETED");
        task(alice, "web-key", round, "COMPLETED");
        task(alice, "old-key", round, "FAILED");
        note(alice.chat("fine-" + round, "another " + PROMPT));
        note(alice.post("bad id " + PROMPT, "llm.chat", Map.of("prompt", PROMPT)));
        note(alice.post("invalid-" + round, "llm.chat", Map.of("prompt", List.of(PROMPT), "model", 7)));
        note(alice.post("huge-" + round, "llm.chat", Map.of("prompt", PROMPT.repeat(8_000))));
        note(alice.send("POST", "/api/token", Map.of("userID", "alice", "password", WRONG_PASSWORD)));
        note(alice.send("POST", "/api/register", Map.of("userID", "al:ice", "password", WRONG_PASSWORD)));
        note(alice.send("POST", "/api/register", Map.of("userID", "alice", "password", WRONG_PASSWORD)));
        note(alice.send("POST", "/api/nothing?token=" + alice.token(), Map.of("prompt", PROMPT)));
        note(alice.send("POST", "/api/schedule", later(round, Map.of("timestamp", inAnHour()))));
        note(alice.send("POST", "/api/schedule", later(round + "-cron", Map.of("cron", "0 8 * * 1-5"))));
        Stream.of("/api/events", "/api/messages", "/api/schedule", "/health", "/v3/api-docs")
                .forEach(path -> note(alice.get(path)));
    }

    private void chat(Caller alice, String id, String end) {
        note(alice.chat(id, PROMPT));
        await().atMost(PATIENCE).until(() -> alice.statusOf(id).equals(end));
        note(alice.get("/api/events/" + id));
        note(alice.get("/api/messages/" + id + "~1"));
    }

    /** Commands that say all they can see of where they are. */
    private void task(Caller alice, String secret, String round, String end) {
        String id = "task-" + secret + "-" + round;
        note(alice.send("POST", "/api/repos", Map.of("name", secret, "url", git.closed("web"), "secretRef", secret)));
        note(alice.post(
                id,
                "worker.task",
                Map.of("repo", secret, "commands", List.of("cat README", "env", "cat .git/config"))));
        await().atMost(PATIENCE).until(() -> alice.statusOf(id).equals(end));
        note(alice.get("/api/events/" + id));
        note(alice.get("/api/tasks/" + id + ".worker-task"));
        note(alice.get("/api/tasks/" + id + ".worker-task/logs"));
    }

    private static Map<String, Object> later(String round, Map<String, String> when) {
        Map<String, Object> schedule = new LinkedHashMap<>(when);
        schedule.put("id", "later-" + round);
        schedule.put(
                "event",
                Map.of(
                        "source",
                        "faults",
                        "type",
                        "llm.chat",
                        "userID",
                        "alice",
                        "metadata",
                        Map.of("prompt", PROMPT)));
        return schedule;
    }

    private static String inAnHour() {
        return Instant.now().plus(Duration.ofHours(1)).toString();
    }

    private void note(Answer answer) {
        assertThat(answer.status()).isNotEqualTo(500);
        answers.add(answer.text() + answer.headers().map());
    }

    /** Whatever the Temporal Web UI shows without opening a payload; secrets are looked for in the payloads, too. */
    private List<String> readLabels(Instance instance) throws IOException {
        List<String> labels = new ArrayList<>();
        try (TemporalEvidence temporal = TemporalEvidence.of(instance.address("Temporal"))) {
            for (WorkflowExecutionMetadata run : temporal.executions()) {
                WorkflowExecutionInfo info = run.getWorkflowExecutionInfo();
                labels.add(run.getExecution().getWorkflowId()
                        + text(info.getMemo().toByteArray())
                        + text(info.getSearchAttributes().toByteArray()));
                var described = temporal.client()
                        .newUntypedWorkflowStub(
                                run.getExecution().getWorkflowId(),
                                Optional.of(run.getExecution().getRunId()),
                                Optional.empty());
                labels.add(described.describe().getStaticSummary()
                        + described.describe().getStaticDetails());
                if (!run.getWorkflowType().startsWith("temporal-")) {
                    labels.add(described
                            .query("__temporal_workflow_metadata", WorkflowMetadata.class)
                            .getCurrentDetails());
                }
                temporal.history(run.getExecution()).getEvents().forEach(event -> {
                    UserMetadata shown = event.getUserMetadata();
                    labels.add(text(shown.getSummary())
                            + text(shown.getDetails())
                            + event.getActivityTaskScheduledEventAttributes().getActivityId());
                    holdsNoSecret(text(event.toByteArray()));
                });
            }
        }
        return labels;
    }

    private Map<String, String> filesOfTheHome() throws IOException {
        Path home = folder.resolve("home");
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(home.relativize(file).toString(), text(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private void holdsNoSecret(String content) {
        holdsNoSecret("", content);
    }

    private void holdsNoSecret(String where, String content) {
        secrets.forEach((what, secret) ->
                assertThat(content.contains(secret)).as(what + " " + where).isFalse());
    }

    private Instance product(Map<String, String> more) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(more);
        settings.put("REPO_ALLOW_LOCAL", "true");
        settings.put("REPO_SECRETS_DIR", folder.resolve("secrets").toString());
        settings.put("OPENAI_BASE_URL", model.baseUrl());
        settings.put("OPENAI_API_KEY", MODEL_KEY);
        settings.put("NOTIFY_URL", sink.url().toString());
        settings.put("NOTIFY_SECRET", NOTIFY_SECRET);
        settings.put("JWT_SIGNING_KEY", SIGNING_KEY);
        return Instance.start(folder.resolve("home"), settings).untilReady();
    }

    private static String text(Payload payload) {
        return payload.getData().toStringUtf8();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
