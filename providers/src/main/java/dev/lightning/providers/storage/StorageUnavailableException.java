package dev.lightning.providers.storage;

/** The store cannot be reached or is out of room right now; trying again later may help. */
public final class StorageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
