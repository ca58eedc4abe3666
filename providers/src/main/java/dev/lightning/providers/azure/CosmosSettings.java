package dev.lightning.providers.azure;

import org.jspecify.annotations.Nullable;

/**
 * Which Cosmos DB account keeps the rows, through its API for tables.
 *
 * @param connection {@code COSMOS_CONNECTION_STRING}, with {@code TableEndpoint}; a secret
 */
public record CosmosSettings(@Nullable String connection) {
    private static final String NAME = "COSMOS_CONNECTION_STRING";

    public CosmosSettings {
        connection = connection == null || connection.isBlank() ? null : connection.strip();
        if (connection != null) {
            AzureAccount.connected(NAME, connection);
            if (!connection.contains("TableEndpoint=")) {
                throw new IllegalArgumentException(
                        NAME + " has no TableEndpoint: it must be that of an account with the API for tables");
            }
        }
    }

    public AzureAccount named() {
        if (connection == null) {
            throw new IllegalArgumentException(NAME + " must name a Cosmos DB account with the API for tables");
        }
        return AzureAccount.connected(NAME, connection);
    }

    /** Leaves out the connection string, which holds the key. */
    @Override
    public String toString() {
        return "CosmosSettings[isSet=" + (connection != null) + "]";
    }
}
