package dev.lightning.app.settings;

/** Which part of the product this process is. */
public enum ServiceType {
    ALL,
    API,
    WORKER;

    public boolean runsApi() {
        return this != WORKER;
    }

    public boolean runsWorkers() {
        return this != API;
    }
}
