package dev.lightning.activities.tools;

import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.tools.ToolMatch;
import dev.lightning.workflows.chat.ChatLimits;
import dev.lightning.workflows.chat.ChatPrompt;
import dev.lightning.workflows.events.Event;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.events.Offer;
import dev.lightning.workflows.tools.ToolOffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which tools the model of a chat may call: its owner's and the platform's, made for it, fit to run, and not too many. */
final class ChatOffers {
    private static final Logger log = LoggerFactory.getLogger(ChatOffers.class);

    private ChatOffers() {}

    /**
     * Takes every tool of the owner and then the platform's, of which the owner's hides one of the same name; null for
     * what is no chat.
     */
    static @Nullable List<ToolOffer> of(Event event, Metadata metadata, List<ToolMatch> tools) {
        if (!event.type().equals(EventTypes.LLM_CHAT)) {
            return null;
        }
        Map<String, ToolMatch> byName = new LinkedHashMap<>();
        tools.forEach(tool -> byName.putIfAbsent(tool.row().name(), tool));
        List<String> wanted = ChatPrompt.read(metadata).tools();
        List<ToolOffer> fit = byName.values().stream()
                .filter(tool -> isFit(tool.row().definition()))
                .filter(tool -> wanted == null || wanted.contains(tool.row().name()))
                .map(ChatOffers::offer)
                .toList();
        return bounded(event, fit);
    }

    private static boolean isFit(ToolDefinition tool) {
        return tool.chatSchema() != null
                && tool.description() != null
                && tool.enabled()
                && !Integer.valueOf(0).equals(tool.replicas());
    }

    private static ToolOffer offer(ToolMatch tool) {
        ToolDefinition definition = tool.row().definition();
        return new ToolOffer(
                ToolSpecs.of(definition, tool.ownerKey()),
                new Offer(
                        definition.name(),
                        Objects.requireNonNull(definition.description()),
                        Objects.requireNonNull(definition.chatSchema())));
    }

    private static List<ToolOffer> bounded(Event event, List<ToolOffer> fit) {
        List<ToolOffer> bounded = new ArrayList<>();
        int bytes = 0;
        for (ToolOffer offer : fit) {
            bytes += bytes(offer.offer());
            if (bounded.size() < ChatLimits.TOOLS && bytes <= ChatLimits.OFFERED_BYTES) {
                bounded.add(offer);
            }
        }
        if (bounded.size() < fit.size()) {
            log.warn(
                    "event=chat.tools.left_out key={}/{} offered={} of={}",
                    event.owner().key(),
                    event.id(),
                    bounded.size(),
                    fit.size());
        }
        return bounded;
    }

    private static int bytes(Offer offer) {
        return (offer.name() + offer.description() + offer.parameters()).getBytes(StandardCharsets.UTF_8).length;
    }
}
