package dev.lightning.app.overload;

import dev.lightning.api.admission.Admission;
import dev.lightning.api.admission.PostsAtOnce;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** Shows operators what is let in and what is not: {@code lightning_admission_*}. */
record OverloadMetrics(Admission admission, PostsAtOnce posts) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "lightning.admission.overloaded",
                        admission,
                        admitting -> admitting.figures().overloaded() ? 1 : 0)
                .description("1 while new events are refused")
                .register(registry);
        Gauge.builder("lightning.admission.window", admission, OverloadMetrics::window)
                .description("Events that may be outstanding; no value while that is not limited")
                .register(registry);
        Gauge.builder(
                        "lightning.admission.outstanding",
                        admission,
                        admitting -> admitting.figures().outstanding())
                .description("Accepted events that are not known to have ended")
                .register(registry);
        TimeGauge.builder(
                        "lightning.admission.delay",
                        admission,
                        TimeUnit.MILLISECONDS,
                        admitting -> admitting.figures().delay().toMillis())
                .description("How long accepted work waits")
                .register(registry);
        count(registry, "admitted", "", admitting -> admitting.figures().admitted());
        count(registry, "refused", "share", admitting -> admitting.figures().refusedForShare());
        count(registry, "refused", "total", admitting -> admitting.figures().refusedForAll());
        FunctionCounter.builder("lightning.admission.refused", posts, PostsAtOnce::refused)
                .tag("reason", "posts")
                .register(registry);
    }

    private void count(MeterRegistry registry, String what, String reason, ToDoubleFunction<Admission> number) {
        FunctionCounter.Builder<Admission> counter =
                FunctionCounter.builder("lightning.admission." + what, admission, number);
        (reason.isEmpty() ? counter : counter.tag("reason", reason)).register(registry);
    }

    private static double window(Admission admission) {
        return admission.figures().window().map(Integer::doubleValue).orElse(Double.NaN);
    }
}
