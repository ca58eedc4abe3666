package dev.lightning.providers.storage.azuretables;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.azure.AzureHttp;
import dev.lightning.providers.storage.NewerFormatException;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.Table;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The account's tables, made when they are missing before the first of them is used. */
final class AzureTables {
    private static final long FORMAT = 1;
    private static final String FORMAT_ROW = "format";
    private static final String VERSION = "version";

    private final String account;
    private final TableServiceClient service;
    private final Map<Table, TableClient> clients = new EnumMap<>(Table.class);
    private volatile boolean made;

    AzureTables(AzureAccount account, AzureTablesSettings settings, AzureCredentials credentials) {
        this.account = account.shown();
        this.service = service(account, credentials);
        settings.names().forEach((table, name) -> clients.put(table, service.getTableClient(name)));
    }

    private static TableServiceClient service(AzureAccount account, AzureCredentials credentials) {
        TableServiceClientBuilder builder = new TableServiceClientBuilder()
                .httpClient(AzureHttp.client())
                .retryOptions(AzureHttp.retries())
                .addPolicy(new ErrorsInJsonOnly());
        if (account.connection() == null) {
            return builder.endpoint(account.endpoint("table").toString())
                    .credential(credentials.token())
                    .buildClient();
        }
        try {
            return builder.connectionString(account.connection()).buildClient();
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException _) {
            throw new IllegalArgumentException(
                    account.setting() + " is no connection string of an account with tables");
        }
    }

    TableClient client(Table table) {
        if (!made) {
            make();
        }
        return Objects.requireNonNull(clients.get(table));
    }

    /** Somebody has removed a table: they are made again before the next use. */
    void forget() {
        made = false;
    }

    private synchronized void make() {
        if (!made) {
            clients.values().forEach(client -> service.createTableIfNotExists(client.getTableName()));
            checkFormat();
            made = true;
        }
    }

    /** Goes up when an older release could no longer read what this one writes. */
    private void checkFormat() {
        TableClient probes = Objects.requireNonNull(clients.get(Table.PROBES));
        long stored = TableRow.find(probes, FORMAT_ROW, FORMAT_ROW)
                .map(row -> TableRow.read(row).properties().requireNumber(VERSION))
                .orElse(0L);
        if (stored > FORMAT) {
            throw new NewerFormatException(
                    "The tables of " + account + " were written by a newer release (store format "
                            + stored + ", this release knows " + FORMAT
                            + "): start that release, or set TABLE_PREFIX to other tables.");
        }
        if (stored < FORMAT) {
            Properties properties =
                    Properties.format(1).put(VERSION, (Long) FORMAT).build();
            probes.upsertEntity(TableRow.of(FORMAT_ROW, FORMAT_ROW, properties, FORMAT_ROW));
        }
    }
}
