/** The receiver behind NOTIFY_URL over HTTP, signed per Standard Webhooks. */
@NullMarked
package dev.lightning.providers.webhook.http;

import org.jspecify.annotations.NullMarked;
