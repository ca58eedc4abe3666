package dev.lightning.app.settings;

/** Which adapters the product runs on. */
public enum Mode {
    LOCAL,
    AZURE
}
