package dev.lightning.workflows.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatReply;
import dev.lightning.workflows.chat.ChatRound;
import dev.lightning.workflows.chat.FailedTry;
import dev.lightning.workflows.chat.QuickReply;
import dev.lightning.workflows.chat.ToolAnswer;
import dev.lightning.workflows.chat.ToolCall;
import dev.lightning.workflows.chat.ToolCall.Refusal;
import dev.lightning.workflows.events.Attempts;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventId;
import dev.lightning.workflows.events.EventOutcome;
import dev.lightning.workflows.events.EventReport;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.EventSubmission;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import dev.lightning.workflows.events.Owner;
import dev.lightning.workflows.events.Reason;
import dev.lightning.workflows.events.RunRecord;
import dev.lightning.workflows.events.Step;
import dev.lightning.workflows.events.StepState;
import dev.lightning.workflows.housekeeping.Expiry;
import dev.lightning.workflows.housekeeping.HousekeepingOrder;
import dev.lightning.workflows.housekeeping.HousekeepingProgress;
import dev.lightning.workflows.housekeeping.HousekeepingReport;
import dev.lightning.workflows.housekeeping.KeptKind;
import dev.lightning.workflows.housekeeping.Removed;
import dev.lightning.workflows.housekeeping.Retention;
import dev.lightning.workflows.notifications.Announcement;
import dev.lightning.workflows.notifications.DeliveryReply;
import dev.lightning.workflows.notifications.DeliveryState;
import dev.lightning.workflows.tools.Approval;
import dev.lightning.workflows.tools.ApprovalDecision;
import dev.lightning.workflows.tools.Checkout;
import dev.lightning.workflows.tools.Machine;
import dev.lightning.workflows.tools.Observation;
import dev.lightning.workflows.tools.Proposal;
import dev.lightning.workflows.tools.RunQueueState;
import dev.lightning.workflows.tools.RunTicket;
import dev.lightning.workflows.tools.SweepReport;
import dev.lightning.workflows.tools.ToolLimits;
import dev.lightning.workflows.tools.ToolMatches;
import dev.lightning.workflows.tools.ToolOffer;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunBeginning;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunProgress;
import dev.lightning.workflows.tools.ToolRunRecord;
import dev.lightning.workflows.tools.ToolRunRef;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.tools.ToolRunState;
import dev.lightning.workflows.tools.ToolSpec;
import dev.lightning.workflows.tools.Verdict;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every payload reads what the first release wrote, and what a later one will write. The files are made by running
 * this test with {@code -Dpayloads.record=true}; an existing one changes only by growing.
 */
class PayloadsTest {
    private static final Path FOLDER = Path.of("src/test/resources/payloads");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");
    private static final ObjectMapper JSON = Wire.mapper()
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    static List<Object> payloads() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("big", new BigInteger("123456789012345678901234567890"));
        values.put("exact", new BigDecimal("0.10"));
        values.put("list", Arrays.asList("text", true, null, 7));
        Owner owner = new Owner("aliceaaaaaaa", "alice");
        EventId id = new EventId("order-1");
        Event event = new Event(
                id, "llm.chat", "shop", AT, AT, owner, "order/1", id, id, 1, Metadata.of(values), new BlobRef("a/b"));
        Reason reason = new Reason("Chat.REJECTED", "The model refused the request");
        Step step = new Step("chat", id, StepState.FAILED, 3, "The model answered 500", AT, AT);
        EventReport report = new EventReport(EventStatus.FAILED, reason, AT, List.of(event), List.of(step));
        ToolSpec tool = new ToolSpec(
                "count",
                "aliceaaaaaaa",
                "docker",
                "busybox:1",
                List.of("wc", "-w"),
                Map.of("LANG", "C"),
                List.of("API_KEY"),
                new ToolLimits(Duration.ofMinutes(10), 1 << 28, 0.5, 100, 1 << 26),
                true,
                "missing",
                4,
                "tool.count.result",
                true,
                new Checkout("https://git.example/shop.git", "main", "shop"),
                new Machine("Standard_B2s", true, true));
        ToolRunResult completed =
                new ToolRunResult(ToolRunState.COMPLETED, reason, Metadata.of(values), new BlobRef("a/b"));
        Proposal proposal = new Proposal("docker", "busybox:1", List.of("wc", "-w"), true);
        Verdict verdict = new Verdict("alice", "It is only counting");
        Approval approval = new Approval(proposal, AT, ApprovalDecision.APPROVED, verdict.by(), AT, verdict.reason());
        ToolRunProgress progress = new ToolRunProgress(ToolRunState.COMPLETED, AT, AT, AT, completed, approval, 2);
        ToolRunOrder order = new ToolRunOrder("order-1.count", event, tool, progress);
        RunTicket ticket = new RunTicket("tool-aliceaaaaaaa-order-1.count", "count", 4, "aliceaaaaaaa", 16, AT);
        Offer offer = new Offer("count", "Counts words", "{\"type\":\"object\"}");
        ToolCall call = new ToolCall(
                "call_1", "count", Metadata.of(values), "no JSON", new Refusal("chat.unknown_tool", "No such tool"));
        ChatRound round = new ChatRound(
                Metadata.of(values),
                List.of(call),
                List.of(new ToolAnswer("order-1~1~1.count", "tool.timed_out", Metadata.of(values))));
        return List.of(
                new EventSubmission(event, AT, "daily", "lightning-llm", true),
                new ToolMatches(List.of(tool), true, List.of(new ToolOffer(tool, offer))),
                new ToolRunBeginning(completed),
                new ToolRunRecord(order, "run-1", progress),
                order,
                completed,
                progress,
                verdict,
                approval,
                ToolRunRef.of(order),
                new SweepReport(3, 1),
                new RunQueueState(List.of(ticket), List.of(ticket)),
                new Observation(true, AT, Duration.ofSeconds(20), "The machine was taken away"),
                new ToolOutput(Metadata.of(values), new BlobRef("a/b")),
                new EventOutcome(EventStatus.FAILED, reason),
                report,
                new RunRecord(owner, id, "run-1", AT, AT, report),
                new ChatReply(Metadata.of(values), new BlobRef("a/b"), new Attempts(2, "429"), List.of(call)),
                new ChatExchange(List.of(offer), List.of(round)),
                new FailedTry(ChatFailure.THROTTLED, "slow down", 3_000L),
                new QuickReply(
                        new ChatReply(Metadata.of(values), null, Attempts.FIRST, null),
                        "lightning-llm@one",
                        new FailedTry(ChatFailure.UNAVAILABLE, "The model answered 500", null)),
                new Announcement(event, 3),
                new DeliveryReply(DeliveryState.PENDING, new Attempts(1, "503")),
                new HousekeepingOrder(List.of(new Retention(KeptKind.EVENTS, Duration.ofDays(30)))),
                new Expiry(KeptKind.MESSAGES, AT),
                new Removed(KeptKind.EFFECTS, 3),
                new HousekeepingReport(List.of(new Removed(KeptKind.SCHEDULES, 12))),
                new HousekeepingProgress("aliceaaaaaaa", "i:1", 50));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void a_payload_is_written_as_it_always_was(Object payload) throws IOException {
        Path golden = FOLDER.resolve(payload.getClass().getSimpleName() + ".json");
        String written = written(payload);
        if (Boolean.getBoolean("payloads.record") && Files.notExists(golden)) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, JSON.readTree(written).toPrettyString() + "\n");
        }

        assertThat(written(payload)).isEqualTo(compact(golden));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void a_payload_of_any_release_is_read(Object payload) throws IOException {
        ObjectNode newer = (ObjectNode) JSON.readTree(written(payload));
        newer.put("added-by-a-later-release", "ignored");

        Payload onTheWire = Wire.plain().toPayload(payload).orElseThrow().toBuilder()
                .setData(ByteString.copyFromUtf8(JSON.writeValueAsString(newer)))
                .build();

        assertThat((Object) Wire.plain().fromPayload(onTheWire, payload.getClass(), payload.getClass()))
                .isEqualTo(payload);
    }

    @Test
    void what_was_started_before_there_were_tools_asks_for_none() throws IOException {
        Payload old = Wire.plain().toPayload("").orElseThrow().toBuilder()
                .setData(ByteString.copyFromUtf8(compact(FOLDER.resolve("EventSubmission.1.json"))))
                .build();

        assertThat(Wire.plain()
                        .fromPayload(old, EventSubmission.class, EventSubmission.class)
                        .tools())
                .isNull();
    }

    private static String written(Object payload) {
        return Wire.plain().toPayload(payload).orElseThrow().getData().toStringUtf8();
    }

    private static String compact(Path golden) throws IOException {
        JsonNode tree = JSON.readTree(Files.readString(golden));
        return JSON.writeValueAsString(tree);
    }
}
