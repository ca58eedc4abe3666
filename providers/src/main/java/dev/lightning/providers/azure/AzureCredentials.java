package dev.lightning.providers.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Who this process is to Azure: a managed identity, a workload's federated identity, a service principal of the
 * environment or, on a laptop, whoever is signed in with {@code az login}. Made when it is first asked for, so that
 * whoever uses connection strings loads none of it.
 */
public final class AzureCredentials {
    private @Nullable TokenCredential credential;

    /** One for all services; it keeps the tokens, and asks for the first one when a service is called. */
    public synchronized TokenCredential token() {
        if (credential == null) {
            credential = new DefaultAzureCredentialBuilder()
                    .httpClient(AzureHttp.client())
                    .build();
        }
        return credential;
    }
}
