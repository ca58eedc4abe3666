package dev.lightning.providers.webhook;

/** What came of posting a message. */
public sealed interface WebhookResult {
    record Accepted(int status) implements WebhookResult {}

    /** No receiver is configured. */
    record NotConfigured() implements WebhookResult {}

    /** The receiver says that it is gone for good (410). */
    record Gone(String why) implements WebhookResult {}

    /** Not accepted this time. */
    record Failed(String why) implements WebhookResult {}
}
