package dev.lightning.azurestandin.arm;

import java.util.Locale;

/** The stages of a resource's life that all types share. */
public enum ProvisioningState {
    /** It was asked for. */
    CREATING,
    /** A change of it was asked for. */
    UPDATING,
    /** It is as its user wants it. */
    SUCCEEDED,
    /** It, or the last change or deletion of it, has failed. */
    FAILED,
    /** It is going away. */
    DELETING;

    /** Whether Azure is at work on it. */
    public boolean isTransitional() {
        return this == CREATING || this == UPDATING || this == DELETING;
    }

    /** As Azure writes it. */
    public String wire() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
