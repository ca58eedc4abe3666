package dev.lightning.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureAccountTest {
    @ParameterizedTest
    @CsvSource({
        "lightning, https://lightning.table.core.windows.net",
        "https://lightning.blob.core.windows.net/, https://lightning.table.core.windows.net",
        "https://lightning.table.core.usgovcloudapi.net, https://lightning.table.core.usgovcloudapi.net"
    })
    void a_name_or_an_endpoint_of_any_service_leads_to_the_tables(String given, String tables) {
        assertThat(AzureAccount.identified("STORAGE_ACCOUNT", given).endpoint("table"))
                .hasToString(tables);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-account", "http://lightning.blob.core.windows.net", "https://example.org", "ab"})
    void what_is_neither_is_refused(String given) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AzureAccount.identified("STORAGE_ACCOUNT", given))
                .withMessageContaining("STORAGE_ACCOUNT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AccountName=lightning;AccountKey=hush;EndpointSuffix=core.windows.net | lightning",
                "TableEndpoint=https://lightning.table.core.windows.net;SharedAccessSignature=sv=1&sig=hush"
                        + " | lightning.table.core.windows.net",
                "AccountName=lightning;AccountKey=hush;BlobEndpoint=http://azurite:10000/lightning | lightning at azurite",
                "UseDevelopmentStorage=true | devstoreaccount1 at 127.0.0.1"
            })
    void what_is_shown_of_a_connection_is_no_secret(String connection, String shown) {
        AzureAccount account = AzureAccount.connected("STORAGE_CONNECTION", connection);

        assertThat(account.shown()).isEqualTo(shown);
        assertThat(account).asString().doesNotContain("hush");
        assertThat(new StorageAccountSettings(connection, null)).asString().doesNotContain("hush");
    }

    @Test
    void a_connection_that_is_none_is_refused_without_showing_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StorageAccountSettings("hush;AccountName=x", null))
                .withMessageStartingWith("STORAGE_CONNECTION must be a connection string")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("hush"));
    }

    @Test
    void two_ways_to_an_account_contradict_each_other() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StorageAccountSettings("UseDevelopmentStorage=true", "lightning"))
                .withMessageContainingAll("STORAGE_CONNECTION", "STORAGE_ACCOUNT");
    }

    @Test
    void a_cosmos_account_without_tables_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CosmosSettings("AccountEndpoint=https://x;AccountKey=hush;AccountName=x"))
                .withMessageContaining("COSMOS_CONNECTION_STRING has no TableEndpoint");
    }
}
