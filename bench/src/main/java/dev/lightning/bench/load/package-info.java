/** Posts events as users do, and knows when each was accepted and notified, and which were lost or doubled. */
@NullMarked
package dev.lightning.bench.load;

import org.jspecify.annotations.NullMarked;
