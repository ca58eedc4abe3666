package dev.lightning.activities.chat;

import dev.lightning.activities.chat.CallsInFlight.Call;
import dev.lightning.activities.chat.ChatOutcome.Answered;
import dev.lightning.activities.chat.ChatOutcome.Failed;
import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.providers.storage.rows.EffectLedger.Entry;
import dev.lightning.providers.storage.rows.EffectLedger.Result;
import dev.lightning.workflows.chat.ChatExchange;
import dev.lightning.workflows.chat.ChatFailure;
import dev.lightning.workflows.chat.ChatPrompt;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.Metadata;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One question to the model from the look into the ledger to the entry in it. */
final class ChatCall {
    private static final Logger log = LoggerFactory.getLogger(ChatCall.class);

    /** How long a store may be away before an answer that was paid for is given up. */
    private static final List<Duration> RECORDING_PAUSES = List.of(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    private final ChatModel model;
    private final EffectLedger ledger;
    private final BlobStore blobs;

    ChatCall(ChatModel model, EffectLedger ledger, BlobStore blobs) {
        this.model = model;
        this.ledger = ledger;
        this.blobs = blobs;
    }

    ChatOutcome make(Event chat, @Nullable ChatExchange soFar, Effect effect, Call<ChatOutcome> call) {
        try {
            Entry entry = ledger.find(effect);
            Result recorded = entry.result();
            if (recorded != null) {
                log.info("event=chat.found key={}", effect.key());
                return new Answered(recorded, entry.lastFailure());
            }
            Optional<Metadata> metadata = wholeMetadata(chat);
            return metadata.isPresent()
                    ? ask(chat, ChatPrompt.read(metadata.get()), soFar, effect, entry, call)
                    : Failed.of(ChatFailure.INVALID, "The event's metadata is no longer stored");
        } catch (StorageUnavailableException | UncheckedIOException away) {
            return Failed.of(ChatFailure.UNAVAILABLE, "The store cannot be reached");
        }
    }

    private Optional<Metadata> wholeMetadata(Event chat) {
        BlobRef ref = chat.blobRef();
        if (ref == null) {
            return Optional.of(chat.metadata());
        }
        try {
            return blobs.get(ref.key()).map(ReplyMetadata::read);
        } catch (JacksonException damaged) {
            log.error("event=chat.metadata.damaged blob={}", ref.key());
            return Optional.empty();
        }
    }

    private ChatOutcome ask(
            Event chat,
            ChatPrompt prompt,
            @Nullable ChatExchange soFar,
            Effect effect,
            Entry entry,
            Call<ChatOutcome> call) {
        if (!prompt.isValid()) {
            return Failed.of(ChatFailure.INVALID, "The metadata is no chat: " + inWords(prompt.findings()));
        }
        ModelRequest request = ChatMessages.request(prompt, soFar, effect.key());
        ModelResult said = call.interruptibly(() -> model.complete(request));
        return switch (said) {
            case null -> Failed.of(ChatFailure.UNAVAILABLE, "The model call was called off");
            case ModelResult.Replied replied
            when soFar == null && !replied.calls().isEmpty() ->
                Failed.of(ChatFailure.REJECTED, "The model gave no answer but asked for tools that it was not offered");
            case ModelResult.Replied replied ->
                new Answered(record(effect, ReplyMetadata.json(chat, prompt, soFar, replied)), entry.lastFailure());
            case ModelResult.Throttled(Duration pause, String why) -> new Failed(ChatFailure.THROTTLED, why, pause);
            case ModelResult.Unavailable(String why) -> Failed.of(ChatFailure.UNAVAILABLE, why);
            case ModelResult.Rejected(String why) -> Failed.of(ChatFailure.REJECTED, why);
        };
    }

    private static String inWords(List<ChatPrompt.Finding> findings) {
        return findings.stream()
                .map(finding -> finding.field() + " " + finding.message())
                .collect(Collectors.joining("; "));
    }

    private Result record(Effect effect, String json) {
        for (Duration pause : RECORDING_PAUSES) {
            try {
                return ledger.record(effect, json);
            } catch (StorageUnavailableException | UncheckedIOException away) {
                log.warn("event=chat.unrecorded key={} retryInMs={}", effect.key(), pause.toMillis());
                sleep(pause);
            }
        }
        return ledger.record(effect, json);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
