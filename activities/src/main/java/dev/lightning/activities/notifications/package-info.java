/** Telling people what came out. */
@NullMarked
package dev.lightning.activities.notifications;

import org.jspecify.annotations.NullMarked;
