package dev.lightning.providers.storage;

/** The kinds of entities we keep, one table each; the names are the defaults of their settings. */
public enum Table {
    USERS("users"),
    REPOS("repos"),
    SCHEDULES("schedules"),
    EVENTS("events"),
    EFFECTS("effects"),
    MESSAGES("messages"),
    TOOLS("tools"),
    TASKS("tasks"),
    PROBES("probes");

    private final String defaultName;

    Table(String defaultName) {
        this.defaultName = defaultName;
    }

    public String defaultName() {
        return defaultName;
    }
}
