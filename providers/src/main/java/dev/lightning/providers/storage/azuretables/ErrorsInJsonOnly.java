package dev.lightning.providers.storage.azuretables;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/**
 * Keeps errors in XML, with which gateways answer that never reach the tables, from the client: it would look for a
 * parser that is not there and end in a linkage error instead of saying which status it was.
 */
final class ErrorsInJsonOnly implements HttpPipelinePolicy {
    private static final int FIRST_ERROR = 400;

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process().map(ErrorsInJsonOnly::checked);
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        return checked(next.processSync());
    }

    @Override
    public HttpPipelinePosition getPipelinePosition() {
        return HttpPipelinePosition.PER_CALL;
    }

    private static HttpResponse checked(HttpResponse response) {
        String type = response.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
        if (response.getStatusCode() >= FIRST_ERROR && type != null && type.contains("xml")) {
            response.close();
            throw new HttpResponseException("Status code " + response.getStatusCode(), response);
        }
        return response;
    }
}
