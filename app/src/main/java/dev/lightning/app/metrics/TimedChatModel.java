package dev.lightning.app.metrics;

import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Times what the model is asked, {@code lightning_model_calls_seconds} by result. */
public record TimedChatModel(ChatModel timed, MeterRegistry registry) implements ChatModel {
    @Override
    public ModelResult complete(ModelRequest request) {
        Timer.Sample sample = Timer.start(registry);
        ModelResult result = timed.complete(request);
        sample.stop(registry.timer("lightning.model.calls", "result", nameOf(result)));
        return result;
    }

    private static String nameOf(ModelResult result) {
        return switch (result) {
            case ModelResult.Replied _ -> "replied";
            case ModelResult.Throttled _ -> "throttled";
            case ModelResult.Unavailable _ -> "unavailable";
            case ModelResult.Rejected _ -> "rejected";
        };
    }
}
