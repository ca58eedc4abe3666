package dev.lightning.providers.storage.azuretables;

import com.azure.core.exception.AzureException;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpResponse;
import com.azure.data.tables.models.TableErrorCode;
import com.azure.data.tables.models.TableServiceException;
import dev.lightning.providers.storage.NewerFormatException;
import dev.lightning.providers.storage.StorageUnavailableException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Azure's errors mean to the port: away for now, a row that is not as expected, or a defect. */
final class TableTrouble {
    private static final Set<TableErrorCode> REFUSALS = Set.of(
            TableErrorCode.ENTITY_ALREADY_EXISTS,
            TableErrorCode.UPDATE_CONDITION_NOT_SATISFIED,
            TableErrorCode.ENTITY_NOT_FOUND,
            TableErrorCode.RESOURCE_NOT_FOUND);
    private static final Set<TableErrorCode> MISSING_ROW =
            Set.of(TableErrorCode.ENTITY_NOT_FOUND, TableErrorCode.RESOURCE_NOT_FOUND);
    private static final Set<TableErrorCode> MISSING_TABLE =
            Set.of(TableErrorCode.TABLE_NOT_FOUND, TableErrorCode.TABLE_BEING_DELETED);
    private static final Set<String> TOO_LARGE =
            Set.of("EntityTooLarge", "PropertyValueTooLarge", "RequestBodyTooLarge", "ContentLengthExceeded");
    private static final Set<String> PASSING = Set.of(
            "ServerBusy", "OperationTimedOut", "InternalError", "TooManyRequests", "Timeout", "ServiceUnavailable");

    private TableTrouble() {}

    /** A row of a write that exists, is missing or has changed. */
    static boolean isRefusal(TableServiceException failure) {
        return REFUSALS.contains(code(failure));
    }

    static boolean isMissingRow(TableServiceException failure) {
        return MISSING_ROW.contains(code(failure));
    }

    static boolean isMissingTable(Throwable failure) {
        return service(failure)
                .map(TableTrouble::code)
                .filter(MISSING_TABLE::contains)
                .isPresent();
    }

    /** Whether a refusal is about our settings, which no waiting will change. */
    static boolean isRefusedAccess(Throwable failure) {
        return behind(failure, ClientAuthenticationException.class).isPresent()
                || status(failure) == 401
                || status(failure) == 403;
    }

    /** The exception of the port that this failure is. */
    static RuntimeException translated(RuntimeException failure, String account) {
        if (failure instanceof IllegalArgumentException || failure instanceof NewerFormatException) {
            return failure;
        }
        String name = "The table service of " + account;
        if (isRefusedAccess(failure)) {
            return new StorageUnavailableException(name + " refuses the key or identity of this process.", failure);
        }
        if (isMissingTable(failure)) {
            return new StorageUnavailableException(name + " has lost a table, which is made again.", failure);
        }
        String code = service(failure).map(TableTrouble::name).orElse("");
        if (TOO_LARGE.contains(code)) {
            return new IllegalArgumentException("What is to be written is too large for Azure Tables", failure);
        }
        if (PASSING.contains(code) || isPassing(status(failure))) {
            return new StorageUnavailableException(name + " is busy or has an internal error.", failure);
        }
        if (status(failure) == 0 && isNetwork(failure)) {
            return new StorageUnavailableException(name + " cannot be reached.", failure);
        }
        return new IllegalStateException("The store refused a request: " + status(failure) + " " + code, failure);
    }

    private static boolean isPassing(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    private static boolean isNetwork(Throwable failure) {
        return behind(failure, IOException.class).isPresent()
                || behind(failure, TimeoutException.class).isPresent()
                || (behind(failure, AzureException.class).isPresent()
                        && service(failure).isEmpty());
    }

    private static @Nullable TableErrorCode code(TableServiceException failure) {
        return failure.getValue() == null ? null : failure.getValue().getErrorCode();
    }

    private static String name(TableServiceException failure) {
        return String.valueOf(code(failure));
    }

    /** 0 where nothing was answered, and for a change within a batch, whose own answer has only a code. */
    private static int status(Throwable failure) {
        return behind(failure, HttpResponseException.class)
                .map(HttpResponseException::getResponse)
                .map(HttpResponse::getStatusCode)
                .orElse(0);
    }

    private static Optional<TableServiceException> service(Throwable failure) {
        return behind(failure, TableServiceException.class);
    }

    private static <T extends Throwable> Optional<T> behind(Throwable failure, Class<T> type) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
