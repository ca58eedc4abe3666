package dev.lightning.activities.tools;

import com.google.protobuf.ByteString;
import dev.lightning.providers.storage.rows.EffectLedger;
import dev.lightning.providers.storage.rows.EffectLedger.Effect;
import dev.lightning.workflows.tools.ToolRunOrder;
import dev.lightning.workflows.tools.ToolRunResult;
import dev.lightning.workflows.wire.Wire;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Remembers how runs came to an end that stands, so that an event that is retried does not run again what it has already got. */
public final class CompletedRuns {
    private static final DataConverter JSON = Wire.plain();

    private final EffectLedger ledger;

    public CompletedRuns(EffectLedger ledger) {
        this.ledger = ledger;
    }

    @Nullable
    ToolRunResult find(ToolRunOrder order) {
        EffectLedger.Result recorded = ledger.find(effect(order)).result();
        if (recorded == null) {
            return null;
        }
        Payload payload = JSON.toPayload("").orElseThrow().toBuilder()
                .setData(ByteString.copyFromUtf8(recorded.json()))
                .build();
        return JSON.fromPayload(payload, ToolRunResult.class, ToolRunResult.class);
    }

    void keep(ToolRunOrder order, ToolRunResult result) {
        String json = JSON.toPayload(result).orElseThrow().getData().toString(StandardCharsets.UTF_8);
        EffectLedger.Result _ = ledger.record(effect(order), json);
    }

    private static Effect effect(ToolRunOrder order) {
        return new Effect(
                order.event().owner().key(),
                order.event().id().value(),
                "tool/" + order.tool().name());
    }
}
