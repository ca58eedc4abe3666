package dev.lightning.providers.storage.rows;

/** What came of recording the end of a run. */
public enum RunRecording {
    RECORDED,
    /** The same run was recorded before; nothing changed. */
    REPEATED,
    /** The store has no such event, for example because its retention has passed. */
    MISSING
}
