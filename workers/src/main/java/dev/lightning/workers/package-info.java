/** Which worker polls which task queue, and when it starts and stops. */
@NullMarked
package dev.lightning.workers;

import org.jspecify.annotations.NullMarked;
