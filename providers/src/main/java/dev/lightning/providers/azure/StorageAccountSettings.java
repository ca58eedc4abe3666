package dev.lightning.providers.azure;

import org.jspecify.annotations.Nullable;

/**
 * Which storage account keeps tables and blobs; exactly one of the two is set where it is used.
 *
 * @param connection {@code STORAGE_CONNECTION}, a connection string with its key; a secret
 * @param account {@code STORAGE_ACCOUNT}, a name or https endpoint; then the identity of this process lets it in
 */
public record StorageAccountSettings(
        @Nullable String connection, @Nullable String account) {
    public StorageAccountSettings {
        connection = connection == null || connection.isBlank() ? null : connection.strip();
        account = account == null || account.isBlank() ? null : account.strip();
        if (connection != null && account != null) {
            throw new IllegalArgumentException("STORAGE_CONNECTION and STORAGE_ACCOUNT both name an account; keep one");
        }
        if (connection != null) {
            AzureAccount.connected("STORAGE_CONNECTION", connection);
        }
        if (account != null) {
            AzureAccount.identified("STORAGE_ACCOUNT", account);
        }
    }

    public boolean isSet() {
        return connection != null || account != null;
    }

    /** The account; refuses with {@link IllegalArgumentException} where none is named. */
    public AzureAccount named() {
        if (connection != null) {
            return AzureAccount.connected("STORAGE_CONNECTION", connection);
        }
        if (account != null) {
            return AzureAccount.identified("STORAGE_ACCOUNT", account);
        }
        throw new IllegalArgumentException("STORAGE_CONNECTION or STORAGE_ACCOUNT must name a storage account");
    }

    /** Leaves out the connection string, which holds the key. */
    @Override
    public String toString() {
        return "StorageAccountSettings[isSet=" + isSet() + "]";
    }
}
