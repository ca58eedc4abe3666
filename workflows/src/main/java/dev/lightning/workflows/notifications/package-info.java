/** Telling people what came out. */
@NullMarked
package dev.lightning.workflows.notifications;

import org.jspecify.annotations.NullMarked;
