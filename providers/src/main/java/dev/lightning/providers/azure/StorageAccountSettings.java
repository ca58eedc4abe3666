package dev.lightning.providers.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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
        List<String> wrong = new ArrayList<>();
        if (connection != null && account != null) {
            wrong.add("STORAGE_CONNECTION and STORAGE_ACCOUNT both name an account; keep one");
        }
        if (connection != null) {
            hear(wrong, AzureAccount::connected, "STORAGE_CONNECTION", connection);
        }
        if (account != null) {
            hear(wrong, AzureAccount::identified, "STORAGE_ACCOUNT", account);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
    }

    private static void hear(List<String> wrong, BiConsumer<String, String> reader, String name, String given) {
        try {
            reader.accept(name, given);
        } catch (IllegalArgumentException refused) {
            wrong.add(String.valueOf(refused.getMessage()));
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
