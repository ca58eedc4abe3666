package dev.lightning.providers.webhook;

/** The receiver of outgoing messages. Implementations never retry and never follow a redirect. */
public interface Webhook {
    WebhookResult post(WebhookMessage message);
}
