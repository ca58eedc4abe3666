package dev.lightning.providers.azure;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;

/** Makes the client of an account's blobs, as patient as the other clients are. */
public final class AzureBlobService {
    private static final int SECONDS_PER_TRY = 60;

    private AzureBlobService() {}

    /**
     * Connects to nothing yet.
     *
     * @param credentials used only where the account has no connection string
     * @throws IllegalArgumentException when the account's connection string cannot be used
     */
    public static BlobServiceClient of(AzureAccount account, AzureCredentials credentials) {
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .httpClient(AzureHttp.client())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL,
                        AzureHttp.RETRIES + 1,
                        SECONDS_PER_TRY,
                        AzureHttp.PAUSE.toMillis(),
                        AzureHttp.LONGEST_PAUSE.toMillis(),
                        null));
        if (account.connection() == null) {
            builder.endpoint(account.endpoint("blob").toString()).credential(credentials.token());
        } else {
            connect(builder, account.setting(), account.connection());
        }
        return builder.buildClient();
    }

    private static void connect(BlobServiceClientBuilder builder, String setting, String connection) {
        try {
            builder.connectionString(connection);
        } catch (RuntimeException _) {
            throw new IllegalArgumentException(setting + " is no connection string of an account with blobs");
        }
    }
}
