package dev.lightning.providers.runtime.azure;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.UserDelegationKey;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.sas.SasProtocol;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureBlobService;
import dev.lightning.providers.azure.AzureCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signs links to single blobs: with the account's key for as long as a run may last, with an identity for at most 7 days,
 * which is the longest that Azure lends a key of its own to sign with.
 */
final class RunSignatures {
    private static final Duration LONGEST_OF_IDENTITY = Duration.ofDays(7).minusHours(3);
    private static final Duration LONGEST_OF_KEY = Duration.ofDays(3650);

    /** For what comes before the program and after it. */
    private static final Duration MARGIN = Duration.ofHours(2);

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Clock clock;
    private final boolean byIdentity;
    private final BlobServiceClient service;

    RunSignatures(AzureAccount account, AzureCredentials credentials, Clock clock) {
        this.clock = clock;
        this.byIdentity = account.connection() == null;
        if (account.connection() != null) {
            requireKey(account.setting(), account.connection());
        }
        this.service = AzureBlobService.of(account, credentials);
    }

    private static void requireKey(String setting, String connection) {
        if (!connection.contains("AccountKey=") && !connection.contains("UseDevelopmentStorage=true")) {
            throw new IllegalArgumentException(
                    setting + " must have the account's key, with which links for runs are signed");
        }
    }

    BlobServiceClient service() {
        return service;
    }

    Duration longest() {
        return byIdentity ? LONGEST_OF_IDENTITY : LONGEST_OF_KEY;
    }

    RunLinks sign(Function<RunPart, BlobClient> blobs, Duration lifetime) {
        OffsetDateTime until = until(lifetime);
        UserDelegationKey key = key(until);
        Map<String, String> links = new LinkedHashMap<>();
        for (RunPart part : RunPart.values()) {
            if (part != RunPart.ORDER) {
                OffsetDateTime end = part.isBroughtOnce() ? until(Duration.ZERO) : until;
                links.put("LIGHTNING_LINK_" + part.name(), link(blobs.apply(part), part.permissions(), end, key));
            }
        }
        return new RunLinks(links, until.toInstant());
    }

    /** One link, good for as long as those of a run. */
    String sign(BlobClient blob, BlobSasPermission permissions, Duration lifetime) {
        OffsetDateTime until = until(lifetime);
        return link(blob, permissions, until, key(until));
    }

    private OffsetDateTime until(Duration lifetime) {
        Duration served = lifetime.compareTo(longest()) > 0 ? longest() : lifetime;
        return clock.instant().atOffset(ZoneOffset.UTC).plus(served).plus(MARGIN);
    }

    private @Nullable UserDelegationKey key(OffsetDateTime until) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return byIdentity ? service.getUserDelegationKey(now.minus(SKEW), until.plus(SKEW)) : null;
    }

    private static String link(
            BlobClient blob, BlobSasPermission permissions, OffsetDateTime until, @Nullable UserDelegationKey key) {
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(until, permissions);
        if (blob.getBlobUrl().startsWith("https:")) {
            values.setProtocol(SasProtocol.HTTPS_ONLY);
        }
        String signature = key == null ? blob.generateSas(values) : blob.generateUserDelegationSas(values, key);
        return blob.getBlobUrl() + "?" + signature;
    }
}
