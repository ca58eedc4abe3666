package dev.lightning.providers.runtime.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What trouble with the blobs of runs means: nearly always to try again later. */
final class BlobTrouble {
    private static final Set<BlobErrorCode> ABSENT = Set.of(
            BlobErrorCode.BLOB_NOT_FOUND, BlobErrorCode.CONTAINER_NOT_FOUND, BlobErrorCode.CONTAINER_BEING_DELETED);

    private final String account;

    BlobTrouble(String account) {
        this.account = account;
    }

    <T> T tell(Supplier<T> call) {
        try {
            return call.get();
        } catch (RunRejectedException | RuntimeUnavailableException | ArmRefusal e) {
            throw e;
        } catch (RuntimeException e) {
            throw told(e);
        }
    }

    void tell(Runnable call) {
        tell(() -> {
            call.run();
            return true;
        });
    }

    /** What there is; empty where the blob is not there. */
    <T> Optional<T> find(Supplier<T> call) {
        return tell(() -> {
            try {
                return Optional.of(call.get());
            } catch (BlobStorageException e) {
                if (isAbsent(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Whether it is done now; false where it had been done before. */
    boolean once(Runnable call) {
        return tell(() -> {
            try {
                call.run();
                return true;
            } catch (BlobStorageException e) {
                if (e.getStatusCode() == 409 || e.getStatusCode() == 412) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** An answer to a mere question for a blob's properties has no code. */
    static boolean isAbsent(BlobStorageException e) {
        return e.getStatusCode() == 404 || ABSENT.contains(e.getErrorCode());
    }

    private RuntimeUnavailableException told(RuntimeException e) {
        if (e instanceof ClientAuthenticationException) {
            return new RuntimeUnavailableException(
                    "The blobs of runs in " + account + " cannot be used: " + AzureCredentials.UNKNOWN, e);
        }
        if (e instanceof BlobStorageException answer
                && (answer.getStatusCode() == 403 || answer.getStatusCode() == 401)) {
            return new RuntimeUnavailableException(
                    "This process may not use the blobs of " + account
                            + "; give its identity the role Storage Blob Data Contributor there, or the account's key in"
                            + " STORAGE_CONNECTION",
                    e);
        }
        String reason = e instanceof BlobStorageException answer ? String.valueOf(answer.getErrorCode()) : "no answer";
        return new RuntimeUnavailableException("The blobs of runs in " + account + " cannot be used: " + reason, e);
    }
}
