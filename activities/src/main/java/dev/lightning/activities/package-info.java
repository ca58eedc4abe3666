/** Activity implementations: the one place that turns a port's result into Temporal's terms. */
@NullMarked
package dev.lightning.activities;

import org.jspecify.annotations.NullMarked;
