package dev.lightning.workflows.tools;

/** The failures of a run that its user hears of; the types are part of histories. */
public enum ToolFailure {
    /** The engine, the registry or the disk cannot be used right now; trying again may help. */
    UNAVAILABLE("tool.unavailable"),
    /** The definition cannot work as it is, for example because its image does not exist. */
    REJECTED("tool.rejected"),
    /** What was provisioned has vanished without an end. */
    LOST("tool.lost");

    private final String type;

    ToolFailure(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }
}
