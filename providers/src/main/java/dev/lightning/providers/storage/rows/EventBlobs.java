package dev.lightning.providers.storage.rows;

/** Where the blob store keeps what belongs to an event, so that whoever writes it and whoever removes it agree. */
public final class EventBlobs {
    private EventBlobs() {}

    /** The whole metadata of an event that itself carries only a cut. */
    public static String metadata(String ownerKey, String eventId) {
        return ownerKey + "/" + eventId + "/event.json";
    }
}
