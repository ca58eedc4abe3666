package dev.lightning.providers.runtime.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.azure.ArmRefusal.Kind;
import java.net.ConnectException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a sentence for people what an answer of the Resource Manager means: wait, try elsewhere, or give up. */
public final class ArmTrouble {
    private static final int LONGEST_REASON = 300;
    private static final Duration THROTTLED = Duration.ofSeconds(30);
    private static final Duration BUSY = Duration.ofSeconds(15);
    private static final Duration SCARCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final ArmSettings settings;
    private final Clock clock;

    public ArmTrouble(ArmSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** What a request came to. */
    public ArmRefusal read(RuntimeException thrown) {
        if (thrown instanceof ArmRefusal refusal) {
            return refusal;
        }
        ManagementException answer = causeOf(thrown, ManagementException.class);
        if (answer != null && answer.getResponse() != null) {
            return read(answer, answer.getResponse());
        }
        if (causeOf(thrown, ClientAuthenticationException.class) != null) {
            return new ArmRefusal(Kind.SETUP, AzureCredentials.UNKNOWN, thrown, null);
        }
        boolean sent = causeOf(thrown, ConnectException.class) == null;
        return new ArmRefusal(
                sent ? Kind.UNHEARD : Kind.AWAY,
                "Azure's Resource Manager at " + settings.endpoint() + " cannot be reached",
                thrown,
                null);
    }

    /** What became of something that had begun, told by the code and message that Azure gives for its failure. */
    public ArmRefusal failed(String code, String message) {
        return judge(0, code, message, null, null);
    }

    private ArmRefusal read(ManagementException answer, HttpResponse response) {
        ManagementError error = innermost(answer.getValue());
        String code = error == null || error.getCode() == null ? "" : error.getCode();
        String message = error == null || error.getMessage() == null ? "" : error.getMessage();
        return judge(response.getStatusCode(), code, message, retryAfter(response), answer);
    }

    private ArmRefusal judge(
            int status, String code, String text, @Nullable Duration asked, @Nullable Throwable cause) {
        String reason = (code.isEmpty() ? "status " + status : code) + (text.isEmpty() ? "" : ": " + shorter(text));
        Kind kind = ArmCodes.kind(status, code, text);
        Duration wait = wait(kind, asked);
        String sentence = sentence(kind, status, code, reason) + (asked == null ? "" : until(kind, wait));
        return new ArmRefusal(kind, sentence, cause, wait);
    }

    /** When it is tried again, where Azure has said so itself; what is refused for good is not. */
    private static String until(Kind kind, @Nullable Duration wait) {
        return kind == Kind.REJECTED || wait == null || wait.isZero()
                ? ""
                : "; again in about " + wait.plusMillis(999).toSeconds() + " s";
    }

    private String sentence(Kind kind, int status, String code, String reason) {
        return switch (kind) {
            case THROTTLED -> "Azure asks for fewer requests (" + reason + ")";
            case BUSY -> "Azure is busy with what is to be changed (" + reason + ")";
            case CAPACITY ->
                "Azure has no room for the run just now; name more regions in AZURE_LOCATION or a smaller size, for"
                        + " machines also more sizes in AZURE_VM_SIZES (" + reason + ")";
            case QUOTA ->
                "The subscription's quota is used up; ask for more of it in Azure's portal under Quotas, or name more"
                        + " regions in AZURE_LOCATION, for machines also more sizes in AZURE_VM_SIZES (" + reason
                        + ")";
            case SETUP -> setup(status, code, reason);
            case MISSING -> "Azure does not have it (" + reason + ")";
            case REJECTED -> "Azure refuses the run: " + reason;
            case AWAY, UNHEARD -> "Azure failed (" + reason + ")";
        };
    }

    private String setup(int status, String code, String reason) {
        return switch (code.toLowerCase(Locale.ROOT)) {
            case "resourcegroupnotfound" -> "AZURE_RESOURCE_GROUP: there is no " + settings.resourceGroup();
            case "subscriptionnotfound", "invalidsubscriptionid" ->
                "AZURE_SUBSCRIPTION_ID: this process sees no such subscription";
            case "missingsubscriptionregistration", "noregisteredproviderfound" ->
                "The subscription has not registered the service; run az provider register --namespace for it ("
                        + reason + ")";
            case "locationnotavailableforresourcetype" ->
                "AZURE_LOCATION names a region without the service (" + reason + ")";
            case "requestdisallowedbypolicy" -> "A policy of the subscription forbids it (" + reason + ")";
            case "linkedauthorizationfailed" ->
                "This process may not use the identity or subnet of the settings; give it the role Managed Identity"
                        + " Operator or Network Contributor on it (" + reason + ")";
            default ->
                status == 401 || status == 403
                        ? "This process may not do it; give its identity the role Contributor on the resource group "
                                + settings.resourceGroup() + " (" + reason + ")"
                        : "A setting does not fit (" + reason + ")";
        };
    }

    private static @Nullable Duration wait(Kind kind, @Nullable Duration asked) {
        if (asked != null) {
            return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
        }
        return switch (kind) {
            case THROTTLED -> THROTTLED;
            case BUSY -> BUSY;
            case CAPACITY, QUOTA, SETUP -> SCARCE;
            case MISSING, REJECTED, AWAY, UNHEARD -> null;
        };
    }

    /** Seconds, or the date at which to come again. */
    private @Nullable Duration retryAfter(HttpResponse response) {
        String given = Optional.ofNullable(response.getHeaderValue(HttpHeaderName.RETRY_AFTER))
                .map(String::strip)
                .orElse("");
        try {
            if (given.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(given));
            }
            Duration until = Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(given, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** A failed deployment says only inside why. */
    private static @Nullable ManagementError innermost(@Nullable ManagementError error) {
        ManagementError found = error;
        while (found != null
                && found.getDetails() != null
                && !found.getDetails().isEmpty()
                && found.getDetails().getFirst().getCode() != null) {
            found = found.getDetails().getFirst();
        }
        return found;
    }

    private static <T> @Nullable T causeOf(Throwable thrown, Class<T> kind) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
        }
        return null;
    }

    private static String shorter(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }
}
