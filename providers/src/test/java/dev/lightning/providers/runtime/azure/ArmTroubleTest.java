package dev.lightning.providers.runtime.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.BinaryData;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.runtime.azure.ArmRefusal.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every answer that is known of Azure, with its own words, and what is to be done about it. */
class ArmTroubleTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final ArmSettings settings = new ArmSettings(
            "11111111-2222-3333-4444-555555555555", "our-group", List.of("westeurope"), "https://arm.example", null);
    private final ArmTrouble trouble = new ArmTrouble(settings, Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | TooManyRequests | The request is being throttled. | THROTTLED
            409 | ServiceUnavailable | The requested resource is not available in the location 'westus' at this moment. | CAPACITY
            409 | SkuNotAvailable | The requested VM size Standard_B2s is currently not available in location 'westus'. | CAPACITY
            409 | ZonalAllocationFailed | Allocation failed. We do not have sufficient capacity in this zone. | CAPACITY
            400 | Failed | The requested resource is not available in the location 'uksouth' at this moment. | CAPACITY
            503 | ServiceUnavailable | The service is temporarily unavailable. | AWAY
            409 | OperationNotAllowed | Operation could not be completed as it results in exceeding approved Total Regional Cores quota. | QUOTA
            409 | ContainerGroupQuotaReached | Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota 'StandardCores' exceeded in region 'westeurope'. | QUOTA
            409 | ContainerGroupTransitioning | The container group 'x' is still transitioning, please retry later. | BUSY
            409 | AnotherOperationInProgress | Another operation on this or dependent resource is in progress. | BUSY
            412 | PreconditionFailed | The etag does not match. | BUSY
            400 | InaccessibleImage | The image 'a:1' in container group 'x' is not accessible. | REJECTED
            400 | InvalidImageName | The image name is invalid. | REJECTED
            400 | ResourceRequestsNotSupported | The resource requests are more than is supported. | REJECTED
            403 | AuthorizationFailed | The client does not have authorization to perform action. | SETUP
            401 | ExpiredAuthenticationToken | The access token expiry is in the past. | SETUP
            403 | LinkedAuthorizationFailed | The client has permission but not on the linked scope. | SETUP
            403 | RequestDisallowedByPolicy | Resource 'x' was disallowed by policy. | SETUP
            409 | MissingSubscriptionRegistration | The subscription is not registered to use namespace 'Microsoft.ContainerInstance'. | SETUP
            404 | ResourceGroupNotFound | Resource group 'our-group' could not be found. | SETUP
            404 | SubscriptionNotFound | The subscription could not be found. | SETUP
            404 | ResourceNotFound | The Resource was not found. | MISSING
            500 | InternalServerError | An error has occurred. | AWAY
            502 | BadGateway | - | AWAY
            """)
    void tells_what_is_to_be_done(int status, String code, String message, Kind kind) {
        ArmRefusal refusal = trouble.read(answer(status, code, message, null));

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal).hasMessageMatching("(?s).{20,600}");
        assertThat(refusal.told())
                .isInstanceOf(kind == Kind.REJECTED ? RunRejectedException.class : RuntimeUnavailableException.class);
    }

    @Test
    void waits_as_long_as_it_is_told_in_seconds_or_until_a_date() {
        assertThat(wait(answer(429, "TooManyRequests", "", "17"))).isEqualTo(Duration.ofSeconds(17));
        assertThat(wait(answer(429, "TooManyRequests", "", "Sat, 21 Nov 2026 10:01:30 GMT")))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(wait(answer(429, "TooManyRequests", "", "Sat, 21 Nov 2026 09:00:00 GMT")))
                .isEqualTo(Duration.ZERO);
        assertThat(wait(answer(429, "TooManyRequests", "", "999999999"))).isEqualTo(Duration.ofMinutes(15));
        assertThat(wait(answer(429, "TooManyRequests", "", "soon"))).isPositive();
    }

    @Test
    void says_when_it_is_tried_again_where_azure_has_said_so() {
        assertThat(trouble.read(answer(429, "TooManyRequests", "", "17")))
                .hasMessageEndingWith("; again in about 17 s");
        assertThat(trouble.read(answer(409, "ContainerGroupQuotaReached", "", "Sat, 21 Nov 2026 10:01:30 GMT")))
                .hasMessageEndingWith("; again in about 90 s");
        assertThat(trouble.read(answer(429, "TooManyRequests", "", "999999999")))
                .hasMessageEndingWith("; again in about 900 s");
        assertThat(trouble.read(answer(429, "TooManyRequests", "", null)).getMessage())
                .doesNotContain("again");
        assertThat(trouble.read(answer(400, "InaccessibleImage", "", "17")).getMessage())
                .doesNotContain("again");
    }

    @Test
    void names_the_way_out() {
        assertThat(trouble.read(answer(403, "AuthorizationFailed", "", null)))
                .hasMessageContaining("Contributor")
                .hasMessageContaining("our-group");
        assertThat(trouble.read(answer(404, "ResourceGroupNotFound", "", null)))
                .hasMessageContaining("AZURE_RESOURCE_GROUP");
        assertThat(trouble.read(answer(409, "MissingSubscriptionRegistration", "", null)))
                .hasMessageContaining("az provider register");
        assertThat(trouble.read(answer(409, "ContainerGroupQuotaReached", "", null)))
                .hasMessageContaining("Quotas")
                .hasMessageContaining("AZURE_LOCATION");
    }

    @Test
    void finds_the_reason_inside_of_a_failed_deployment() {
        ManagementException answer = answer(409, """
                {"error":{"code":"DeploymentFailed","message":"At least one operation failed.","details":[
                {"code":"SkuNotAvailable","message":"The requested size is not available."}]}}""", null);

        assertThat(trouble.read(answer).kind()).isEqualTo(Kind.CAPACITY);
    }

    @Test
    void a_lost_connection_may_come_back() {
        ArmRefusal refusal = trouble.read(new UncheckedIOException(new ConnectException("refused")));

        assertThat(refusal.kind()).isEqualTo(Kind.AWAY);
        assertThat(refusal).hasMessageContaining("https://arm.example");
    }

    @Test
    void what_was_sent_and_not_answered_may_have_been_done() {
        assertThat(trouble.read(new UncheckedIOException(new HttpTimeoutException("no answer")))
                        .kind())
                .isEqualTo(Kind.UNHEARD);
    }

    @Test
    void what_had_begun_fails_with_the_same_meaning() {
        assertThat(trouble.failed("InsufficientCapacity.", "The requested resource is not available in the location")
                        .isBetterElsewhere())
                .isTrue();
        assertThat(trouble.failed("InaccessibleImage", "").kind()).isEqualTo(Kind.REJECTED);
        assertThat(trouble.failed("Failed", "").kind()).isEqualTo(Kind.AWAY);
    }

    private Duration wait(ManagementException answer) {
        return ((RuntimeUnavailableException) trouble.read(answer).told())
                .retryAfter()
                .orElseThrow();
    }

    private static ManagementException answer(int status, String code, String message, String retryAfter) {
        return answer(status, "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message), retryAfter);
    }

    private static ManagementException answer(int status, String envelope, String retryAfter) {
        try (JsonReader reader = JsonProviders.createReader(envelope)) {
            return new ManagementException(
                    "Status code " + status, new Answer(status, retryAfter), ManagementError.fromJson(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer of which only the status and one header matter. */
    private static final class Answer extends HttpResponse {
        private final int status;
        private final HttpHeaders headers = new HttpHeaders();

        Answer(int status, String retryAfter) {
            super(new HttpRequest(HttpMethod.PUT, "https://arm.example/subscriptions"));
            this.status = status;
            if (retryAfter != null) {
                headers.set(HttpHeaderName.RETRY_AFTER, retryAfter);
            }
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.empty();
        }

        @Override
        public BinaryData getBodyAsBinaryData() {
            return BinaryData.fromString("");
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.empty();
        }

        @Override
        public Mono<String> getBodyAsString() {
            return Mono.empty();
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.empty();
        }
    }
}
