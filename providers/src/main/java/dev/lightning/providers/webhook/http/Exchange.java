package dev.lightning.providers.webhook.http;

import dev.lightning.providers.webhook.WebhookResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. The status alone decides; the body is read, up to a limit, only so that the connection
 * can serve again, and is then dropped.
 */
final class Exchange implements Callable<WebhookResult> {
    static final int MAX_ANSWER = 64 * 1024;

    private final CloseableHttpClient client;
    private final HttpHost receiver;
    private final HttpPost request;
    private volatile @Nullable WebhookResult answered;

    Exchange(CloseableHttpClient client, HttpHost receiver, HttpPost request) {
        this.client = client;
        this.receiver = receiver;
        this.request = request;
    }

    @Override
    public WebhookResult call() {
        try (ClassicHttpResponse response = client.executeOpen(receiver, request, HttpClientContext.create())) {
            WebhookResult result = resultOf(response.getCode());
            answered = result;
            drop(response.getEntity());
            return result;
        } catch (IOException trouble) {
            WebhookResult known = answered;
            return known == null ? new WebhookResult.Failed(inWords(trouble)) : known;
        }
    }

    /** Ends the exchange, whatever it waits for; what is known of it stands. */
    WebhookResult giveUp(String why) {
        request.cancel();
        WebhookResult known = answered;
        return known == null ? new WebhookResult.Failed(why) : known;
    }

    private static WebhookResult resultOf(int status) {
        return switch (status / 100) {
            case 2 -> new WebhookResult.Accepted(status);
            case 3 -> new WebhookResult.Failed("answered " + status + "; redirects are not followed");
            default ->
                status == 410
                        ? new WebhookResult.Gone("answered 410: gone for good")
                        : new WebhookResult.Failed("answered " + status);
        };
    }

    /** Closing a body reads all the rest of it, so one that goes on is cut off first. */
    private void drop(@Nullable HttpEntity body) throws IOException {
        if (body != null) {
            InputStream content = body.getContent();
            if (content.readNBytes(MAX_ANSWER).length == MAX_ANSWER && content.read() >= 0) {
                request.cancel();
            }
        }
    }

    /** What went wrong, without the receiver's own words or address. */
    private static String inWords(IOException trouble) {
        return switch (trouble) {
            case CheckedResolver.AddressRefusedException _ -> "its address is not in NOTIFY_ALLOW_CIDR";
            case UnknownHostException _ -> "its name does not resolve";
            case ConnectException _ -> "cannot connect";
            case SocketTimeoutException _ -> "no answer in time";
            case SSLException _ -> "TLS failed";
            default -> "the connection broke before an answer";
        };
    }
}
