/** Who may hand in how much while accepted work waits: refuses early, evenly and never for long. */
@NullMarked
package dev.lightning.api.admission;

import org.jspecify.annotations.NullMarked;
