package dev.lightning.providers.blobs.azure;

import java.util.regex.Pattern;

/**
 * Where in the account blobs are kept; what is left out (null or blank) has its default.
 *
 * @param container {@code BLOB_CONTAINER}, {@code lightning}; made when it is missing
 */
public record AzureBlobSettings(String container) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:-?[a-z0-9]){2,62}");

    public AzureBlobSettings {
        container = container == null || container.isBlank() ? "lightning" : container.strip();
        if (!NAME.matcher(container).matches() || container.length() > 63) {
            throw new IllegalArgumentException(
                    "BLOB_CONTAINER must be 3 to 63 lower-case letters, digits and single" + " hyphens between them");
        }
    }
}
