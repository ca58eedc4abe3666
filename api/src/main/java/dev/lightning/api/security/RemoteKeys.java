package dev.lightning.api.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthStatus;
import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's public keys, fetched seldom: cached, refreshed before they run out, kept through an outage, and at most
 * twice in half a minute however many tokens name keys that do not exist.
 */
final class RemoteKeys implements JWKSource<SecurityContext>, Closeable {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 128 * 1024;
    private static final long CACHED_MILLIS = 15 * 60_000L;
    private static final long REFRESH_MILLIS = 15_000;
    private static final long AHEAD_MILLIS = 60_000;
    private static final long INTERVAL_MILLIS = 30_000;
    private static final long OUTAGE_MILLIS = 4 * 3_600_000L;

    private final JWKSource<SecurityContext> keys;
    private volatile HealthStatus health = HealthStatus.NOT_HEALTHY;

    RemoteKeys(URI address) {
        keys = JWKSourceBuilder.<SecurityContext>create(url(address), new Retriever())
                .cache(CACHED_MILLIS, REFRESH_MILLIS)
                .refreshAheadCache(AHEAD_MILLIS, false)
                .rateLimited(INTERVAL_MILLIS)
                .retrying(true)
                .healthReporting(report -> health = report.getHealthStatus())
                .outageTolerant(OUTAGE_MILLIS)
                .build();
    }

    /** The keys that match; none when fetching was put off although the last fetch went well. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        try {
            return keys.get(selector, context);
        } catch (RateLimitReachedException tooSoon) {
            if (health == HealthStatus.HEALTHY) {
                return List.of();
            }
            throw tooSoon;
        }
    }

    @Override
    public void close() throws IOException {
        if (keys instanceof Closeable closeable) {
            closeable.close();
        }
    }

    private static URL url(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException unusable) {
            throw new IllegalArgumentException("Not an address of keys: " + address, unusable);
        }
    }

    /** Takes the keys from where the operator says, and from nowhere that place points to. */
    private static final class Retriever extends DefaultResourceRetriever {
        private Retriever() {
            super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }
}
