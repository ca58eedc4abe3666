/** Telling the receiver behind NOTIFY_URL. */
@NullMarked
package dev.lightning.providers.webhook;

import org.jspecify.annotations.NullMarked;
