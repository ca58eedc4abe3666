/** Keeping the event rows in step with the workflows. */
@NullMarked
package dev.lightning.activities.events;

import org.jspecify.annotations.NullMarked;
