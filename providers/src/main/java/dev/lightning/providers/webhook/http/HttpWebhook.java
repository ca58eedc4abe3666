package dev.lightning.providers.webhook.http;

import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.lightning.providers.webhook.Webhook;
import dev.lightning.providers.webhook.WebhookMessage;
import dev.lightning.providers.webhook.WebhookResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages to {@code NOTIFY_URL} over pooled connections. An attempt ends within its timeout whatever the
 * receiver, the name server or the network does, because the caller waits for it only that long.
 */
public final class HttpWebhook implements Webhook, AutoCloseable {
    private static final int MAX_CONNECTIONS = 64;

    /** Shorter than the keep-alive of common servers, so that we seldom meet a connection they are closing. */
    private static final Timeout IDLE = Timeout.ofSeconds(4);

    private static final ContentType JSON = ContentType.create("application/json");

    private final @Nullable URI target;
    private final com.standardwebhooks.@Nullable Webhook signer;
    private final InstantSource clock;
    private final CloseableHttpClient client;
    private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();

    public HttpWebhook(NotifySettings settings, InstantSource clock) {
        this(settings, clock, SystemDefaultDnsResolver.INSTANCE);
    }

    HttpWebhook(NotifySettings settings, InstantSource clock, DnsResolver names) {
        this.target = settings.target();
        this.signer = signer(settings.key());
        this.clock = clock;
        this.client = client(new CheckedResolver(names, settings.networks()));
    }

    @Override
    public WebhookResult post(WebhookMessage message) {
        if (target == null) {
            return new WebhookResult.NotConfigured();
        }
        Exchange exchange = new Exchange(client, HttpHost.create(target), request(target, message));
        Future<WebhookResult> attempt = exchanges.submit(exchange);
        try {
            return attempt.get(message.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return exchange.giveUp("no answer within " + message.timeout().toMillis() + " ms");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return exchange.giveUp("interrupted by a shutdown");
        } catch (ExecutionException bug) {
            throw new IllegalStateException("The exchange failed in a way that is not the receiver's", bug.getCause());
        } finally {
            attempt.cancel(true);
        }
    }

    @Override
    public void close() {
        exchanges.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private HttpPost request(URI url, WebhookMessage message) {
        long now = clock.instant().getEpochSecond();
        HttpPost request = new HttpPost(url);
        request.setConfig(limits(message.timeout()));
        request.setEntity(new ByteArrayEntity(message.body().getBytes(StandardCharsets.UTF_8), JSON));
        request.setHeader("X-Event-Id", message.eventId());
        request.setHeader("X-Event-Type", message.eventType());
        request.setHeader("webhook-id", message.id());
        request.setHeader("webhook-timestamp", now);
        if (signer != null) {
            request.setHeader("webhook-signature", sign(signer, message, now));
        }
        return request;
    }

    private static String sign(com.standardwebhooks.Webhook signer, WebhookMessage message, long now) {
        try {
            return signer.sign(message.id(), now, message.body());
        } catch (WebhookSigningException impossible) {
            throw new IllegalStateException("This Java platform cannot sign with HmacSHA256", impossible);
        }
    }

    private static com.standardwebhooks.@Nullable Webhook signer(byte @Nullable [] key) {
        try {
            return key == null ? null : new com.standardwebhooks.Webhook(key);
        } catch (EmptyWebhookSecretException impossible) {
            throw new IllegalStateException("The settings let an empty NOTIFY_SECRET through", impossible);
        }
    }

    private static RequestConfig limits(Duration timeout) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(timeout))
                .setResponseTimeout(Timeout.of(timeout))
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    private static CloseableHttpClient client(DnsResolver resolver) {
        ConnectionConfig connections = ConnectionConfig.custom()
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                .setIdleTimeout(IDLE)
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setDefaultConnectionConfig(connections)
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                        .build())
                .setUserAgent("Lightning")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .evictIdleConnections(IDLE)
                .build();
    }
}
