package dev.lightning.providers.sources.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/** One request of git's, in the shape that git wants: set up first, sent when its answer is asked for. */
final class GitHttpConnection implements HttpConnection {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final CloseableHttpClient client;
    private final URL url;
    private final Budget budget;
    private final IntConsumer onStatus;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = "GET";
    private @Nullable ClassicHttpResponse response;
    private @Nullable InputStream content;

    /** Takes who is told the status of the answer. */
    GitHttpConnection(CloseableHttpClient client, URL url, Budget budget, IntConsumer onStatus) {
        this.client = client;
        this.url = url;
        this.budget = budget;
        this.onStatus = onStatus;
    }

    private ClassicHttpResponse response() throws IOException {
        ClassicHttpResponse known = response;
        if (known == null) {
            HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(url.toExternalForm()));
            headers.forEach(request::setHeader);
            request.setConfig(limits());
            if (body.size() > 0) {
                request.setEntity(new ByteArrayEntity(body.toByteArray(), type()));
            }
            try {
                known = client.executeOpen(RoutingSupport.determineHost(request), request, HttpClientContext.create());
            } catch (HttpException malformed) {
                throw new IOException("Not an answer over HTTP", malformed);
            }
            response = known;
            content = known.getEntity() == null
                    ? InputStream.nullInputStream()
                    : budget.counted(known.getEntity().getContent(), request::cancel);
            onStatus.accept(known.getCode());
        }
        return known;
    }

    private @Nullable ContentType type() {
        String type = headers.get("Content-Type");
        return type == null ? null : ContentType.parse(type);
    }

    private RequestConfig limits() {
        Duration left = budget.left();
        Timeout silence = Timeout.of(left.compareTo(LONGEST_SILENCE) < 0 ? left : LONGEST_SILENCE);
        return RequestConfig.custom()
                .setResponseTimeout(silence)
                .setConnectionRequestTimeout(silence)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    @Override
    public int getResponseCode() throws IOException {
        return response().getCode();
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public String getResponseMessage() throws IOException {
        return String.valueOf(response().getReasonPhrase());
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return response == null
                ? Map.of()
                : Arrays.stream(response.getHeaders())
                        .collect(Collectors.groupingBy(
                                Header::getName, Collectors.mapping(Header::getValue, Collectors.toList())));
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        Header header = response == null ? null : response.getLastHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return response == null
                ? List.of()
                : Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public int getContentLength() {
        String length = getHeaderField("Content-Length");
        try {
            return length == null ? -1 : Integer.parseInt(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        ClassicHttpResponse _ = response();
        return content == null ? InputStream.nullInputStream() : content;
    }

    @Override
    public OutputStream getOutputStream() {
        return body;
    }

    @Override
    public void connect() throws IOException {
        ClassicHttpResponse _ = response();
    }

    @Override
    public void setRequestProperty(String key, String value) {
        headers.put(key, value);
    }

    @Override
    public void setRequestMethod(String newMethod) {
        method = newMethod;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    /** What follows is settled here once and for all. */
    @Override
    public void setUseCaches(boolean usecaches) {}

    @Override
    public void setConnectTimeout(int timeout) {}

    @Override
    public void setReadTimeout(int timeout) {}

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {}

    @Override
    public void setDoOutput(boolean dooutput) {}

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {}

    @Override
    public void setChunkedStreamingMode(int chunklen) {}

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {}

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {}
}
