package dev.lightning.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where rows and blobs are kept, decided once from what is set.
 *
 * @param rows the store of rows
 * @param blobs the store of blobs
 */
public record StorageChoice(Rows rows, Blobs blobs) {
    private static final String PROVIDER = "LIGHTNING_STORAGE_PROVIDER";
    private static final String BLOB_PROVIDER = "LIGHTNING_BLOB_PROVIDER";
    private static final String POSTGRES = "DATABASE_URL";
    private static final String COSMOS = "COSMOS_CONNECTION_STRING";

    /** The stores of rows that there are. */
    public enum Rows {
        SQLITE,
        POSTGRES,
        AZURE_TABLE,
        AZURE_COSMOS
    }

    /** The stores of blobs that there are. */
    public enum Blobs {
        FOLDER,
        AZURE_BLOB
    }

    /**
     * Reads the choice from settings in canonical names; what is missing for it or contradicts it is added to the
     * findings, one line each. Azure mode never ends on a local file that nobody asked for.
     */
    public static StorageChoice of(Mode mode, Map<String, String> settings, List<String> findings) {
        return new StorageChoice(rows(mode, settings, findings), blobs(mode, settings, findings));
    }

    /** The same, without what is needed or contradicted only by the default that stands in for an unknown provider. */
    public static StorageChoice of(Mode mode, SettingAliases.Resolved resolved, List<String> findings) {
        List<String> unmeant = new ArrayList<>();
        return new StorageChoice(
                rows(mode, resolved.settings(), resolved.unknown().contains(PROVIDER) ? unmeant : findings),
                blobs(mode, resolved.settings(), resolved.unknown().contains(BLOB_PROVIDER) ? unmeant : findings));
    }

    private static Rows rows(Mode mode, Map<String, String> settings, List<String> findings) {
        String provider = settings.get(PROVIDER);
        if (provider == null) {
            return mode == Mode.AZURE ? implied(settings, findings) : relational(settings);
        }
        return switch (provider) {
            case "azure_table" -> {
                need(
                        hasAccount(settings),
                        PROVIDER + "=azure_table needs STORAGE_CONNECTION or STORAGE_ACCOUNT",
                        findings);
                yield only(Rows.AZURE_TABLE, provider, settings, findings);
            }
            case "azure_cosmos" -> {
                need(settings.containsKey(COSMOS), PROVIDER + "=azure_cosmos needs " + COSMOS, findings);
                yield only(Rows.AZURE_COSMOS, provider, settings, findings);
            }
            default -> {
                need(
                        mode == Mode.LOCAL || settings.containsKey(POSTGRES),
                        PROVIDER + "=local needs DATABASE_URL in azure mode, which keeps no rows in a local file",
                        findings);
                yield relational(settings);
            }
        };
    }

    /** What azure mode uses where nothing is said: the one store that is named, of two the one with more settings. */
    private static Rows implied(Map<String, String> settings, List<String> findings) {
        if (settings.containsKey(COSMOS)) {
            need(
                    !settings.containsKey(POSTGRES),
                    "DATABASE_URL and " + COSMOS + " name two stores; keep one, or set " + PROVIDER,
                    findings);
            return Rows.AZURE_COSMOS;
        }
        if (settings.containsKey(POSTGRES)) {
            return Rows.POSTGRES;
        }
        need(
                hasAccount(settings),
                "LIGHTNING_MODE=azure needs a store: STORAGE_CONNECTION or STORAGE_ACCOUNT, " + COSMOS
                        + ", or DATABASE_URL",
                findings);
        return Rows.AZURE_TABLE;
    }

    private static Rows relational(Map<String, String> settings) {
        return settings.containsKey(POSTGRES) ? Rows.POSTGRES : Rows.SQLITE;
    }

    private static Rows only(Rows rows, String provider, Map<String, String> settings, List<String> findings) {
        need(
                !settings.containsKey(POSTGRES),
                PROVIDER + "=" + provider + " and DATABASE_URL name two stores; keep one",
                findings);
        return rows;
    }

    private static Blobs blobs(Mode mode, Map<String, String> settings, List<String> findings) {
        String provider = settings.get(BLOB_PROVIDER);
        if ("azure_blob".equals(provider)) {
            need(
                    hasAccount(settings),
                    BLOB_PROVIDER + "=azure_blob needs STORAGE_CONNECTION or STORAGE_ACCOUNT",
                    findings);
            return Blobs.AZURE_BLOB;
        }
        if (provider != null || mode == Mode.LOCAL) {
            return Blobs.FOLDER;
        }
        need(
                hasAccount(settings),
                "LIGHTNING_MODE=azure needs STORAGE_CONNECTION or STORAGE_ACCOUNT for blobs, or " + BLOB_PROVIDER
                        + "=local where all processes share one LIGHTNING_HOME",
                findings);
        return Blobs.AZURE_BLOB;
    }

    /** Whether rows or blobs are in a storage account. */
    public boolean usesAccount() {
        return rows == Rows.AZURE_TABLE || blobs == Blobs.AZURE_BLOB;
    }

    private static boolean hasAccount(Map<String, String> settings) {
        return settings.containsKey("STORAGE_CONNECTION") || settings.containsKey("STORAGE_ACCOUNT");
    }

    private static void need(boolean right, String finding, List<String> findings) {
        if (!right) {
            findings.add(finding);
        }
    }
}
