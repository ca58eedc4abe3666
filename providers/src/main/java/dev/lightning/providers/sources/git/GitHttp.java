package dev.lightning.providers.sources.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * The HTTP of one checkout: git's own client would look names up twice and follow what it is told, this one connects to
 * the addresses that were judged, never leaves the host and remembers what the server said last. Within the host git
 * follows: servers add what is missing of an address that way.
 */
final class GitHttp implements HttpConnectionFactory, AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(10);

    /** Answers that git does not read keep theirs. */
    private static final int CONNECTIONS = 16;

    private final String host;
    private final CloseableHttpClient client;
    private final Budget budget;
    private int lastStatus;

    GitHttp(String url, DnsResolver names, Budget budget) {
        this.host = hostOf(url);
        this.budget = budget;
        this.client = HttpClientBuilder.create()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .build())
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        if (!hostOf(url.toExternalForm()).equals(host)) {
            throw new RedirectRefusedException();
        }
        return new GitHttpConnection(client, url, budget, status -> lastStatus = status);
    }

    @Override
    public HttpConnection create(URL url, Proxy ignored) throws IOException {
        return create(url);
    }

    /** The status of the last answer, 0 when there was none. */
    int lastStatus() {
        return lastStatus;
    }

    /** Scheme, host and port as they are written, in lower case. */
    private static String hostOf(String url) {
        int from = url.indexOf("://");
        int to = from < 0 ? -1 : url.indexOf('/', from + 3);
        return (to < 0 ? url : url.substring(0, to)).toLowerCase(Locale.ROOT);
    }

    /** The server sends us somewhere else. */
    static final class RedirectRefusedException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Ends whatever still waits. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
