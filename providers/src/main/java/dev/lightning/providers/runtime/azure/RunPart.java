package dev.lightning.providers.runtime.azure;

import com.azure.storage.blob.sas.BlobSasPermission;
import java.util.Locale;

/** The blobs of a run, and what who serves the run may do with each. */
enum RunPart {
    /** Ours alone: who ordered what and when. */
    ORDER(""),
    INPUT("r"),
    WORKSPACE("r"),
    /** What a machine is to run, with its secrets. */
    JOB("r"),
    /** Which machine carries it: made once, so that no second one can begin it. */
    CARRIER("rc"),
    /** Read as well, to learn how much has arrived. */
    STDOUT("ra"),
    STDERR("ra"),
    FILES("cw"),
    /** Read as well, so that a program that was moved away is not begun a second time. */
    STARTED("rcw"),
    END("cw"),
    /** There as soon as the run is to end. */
    STOP("r");

    private final String permissions;

    RunPart(String permissions) {
        this.permissions = permissions;
    }

    String blob() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is of no use once the program has begun, so that nobody can fetch it later either. */
    boolean isBroughtOnce() {
        return this == INPUT || this == WORKSPACE;
    }

    BlobSasPermission permissions() {
        return BlobSasPermission.parse(permissions);
    }
}
