package dev.lightning.bench.compare;

import dev.lightning.bench.bare.BareStyle;
import org.jspecify.annotations.Nullable;

/** Who takes part, in the order of the first round. */
enum Contender {
    PRODUCT(null, "product"),
    PLAIN(BareStyle.PLAIN, "plain"),
    TUNED(BareStyle.TUNED, "tuned"),
    FEWEST(BareStyle.FEWEST, "fewest");

    final @Nullable BareStyle style;
    final String label;

    Contender(@Nullable BareStyle style, String label) {
        this.style = style;
        this.label = label;
    }
}
