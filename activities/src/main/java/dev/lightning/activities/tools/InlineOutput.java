package dev.lightning.activities.tools;

import dev.lightning.providers.blobs.BlobStore;
import dev.lightning.workflows.events.BlobRef;
import dev.lightning.workflows.events.EventTypes;
import dev.lightning.workflows.events.Metadata;
import dev.lightning.workflows.tools.TaskBlobs;
import dev.lightning.workflows.tools.ToolOutput;
import dev.lightning.workflows.tools.ToolRunOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a result that a history can hold, with as much of the output as there is room for: first and last 64 KiB of
 * each channel, and shorter ends, of the errors first, where that is too much. Then a blob has it with 64 KiB.
 */
final class InlineOutput {
    /** How much a result may have: less than the 256 KiB above which content belongs into blobs, with what is around it. */
    private static final int LARGEST = 192 << 10;

    /** There may be many of a chat's calls in one history. */
    private static final int LARGEST_OF_CALL = 48 << 10;

    /** How much of the beginning and of the end a history holds, in bytes each. */
    private record Ends(int stdout, int stderr) {}

    private static final int LONG = 64 << 10;
    private static final int MIDDLE = 32 << 10;
    private static final int SHORT = 8 << 10;

    private static final Ends LONGEST = new Ends(LONG, LONG);
    private static final Ends SHORTEST = new Ends(SHORT, SHORT);
    private static final List<Ends> SHORTER = List.of(
            new Ends(LONG, MIDDLE), new Ends(LONG, SHORT), new Ends(MIDDLE, MIDDLE), new Ends(MIDDLE, SHORT), SHORTEST);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Map<String, Object> said;
    private final CapturedText stdout;
    private final CapturedText stderr;

    InlineOutput(Map<String, Object> said, CapturedText stdout, CapturedText stderr) {
        this.said = said;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    ToolOutput within(ToolRunOrder order, BlobStore blobs, TaskBlobs keys) {
        boolean call = EventTypes.isToolCall(order.event().type());
        int most = call ? LARGEST_OF_CALL : LARGEST;
        byte[] whole = JSON.writeValueAsBytes(with(LONGEST));
        if (whole.length <= most) {
            return new ToolOutput(JSON.readValue(whole, Metadata.class), null);
        }
        blobs.put(keys.result(), whole);
        byte[] shorter = whole;
        for (Ends ends : call ? List.of(SHORTEST) : SHORTER) {
            if (shorter.length > most) {
                shorter = JSON.writeValueAsBytes(with(ends));
            }
        }
        if (shorter.length > most) {
            shorter = withoutData();
        }
        return new ToolOutput(JSON.readValue(shorter, Metadata.class), new BlobRef(keys.result()));
    }

    private Map<String, Object> with(Ends ends) {
        Map<String, Object> all = new LinkedHashMap<>(said);
        all.put(OutputCollector.STDOUT, stdout.ends(ends.stdout()));
        all.put(OutputCollector.STDERR, stderr.ends(ends.stderr()));
        return all;
    }

    private byte[] withoutData() {
        Map<String, Object> all = with(SHORTEST);
        all.remove("data");
        all.put("dataTruncated", true);
        return JSON.writeValueAsBytes(all);
    }
}
