package dev.lightning.providers.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The one HTTP client of all Azure adapters, and how patient it is: long waits belong to whoever calls an adapter. */
public final class AzureHttp {
    /** How often a request is sent again before the caller hears of the trouble. */
    public static final int RETRIES = 2;

    /** The pause before the first repetition; the next is twice as long. */
    public static final Duration PAUSE = Duration.ofMillis(200);

    /** No pause between repetitions is longer. */
    public static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private AzureHttp() {}

    /** Made when the first adapter asks, and shared: it has threads and connections of its own. */
    public static HttpClient client() {
        return Holder.CLIENT;
    }

    /** A few short repetitions; an answer that asks for a longer pause is handed to the caller at once. */
    public static RetryOptions retries() {
        return new RetryOptions(new ExponentialBackoffOptions()
                        .setMaxRetries(RETRIES)
                        .setBaseDelay(PAUSE)
                        .setMaxDelay(LONGEST_PAUSE))
                .setShouldRetryCondition(AzureHttp::isWorthRepeating);
    }

    private static boolean isWorthRepeating(RequestRetryCondition failure) {
        HttpResponse response = failure.getResponse();
        if (response == null) {
            return failure.getThrowable() instanceof IOException || failure.getThrowable() instanceof TimeoutException;
        }
        int status = response.getStatusCode();
        boolean passing = status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
        return passing && !asksForMore(response);
    }

    private static boolean asksForMore(HttpResponse response) {
        return Optional.ofNullable(response.getHeaderValue(HttpHeaderName.RETRY_AFTER))
                .filter(seconds -> !seconds.equals("0") && !seconds.equals("1"))
                .isPresent();
    }

    /** Keeps the client out of a process that never calls Azure. */
    private static final class Holder {
        private static final HttpClient CLIENT = new JdkHttpClientBuilder()
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .readTimeout(ANSWER)
                .writeTimeout(ANSWER)
                .build();
    }
}
