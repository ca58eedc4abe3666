package dev.lightning.providers.runtime.azure;

import dev.lightning.providers.runtime.RuntimeUnavailableException;

/** Tells an interruption from trouble: Azure's clients hide it in what they throw. */
final class Interruption {
    private Interruption() {}

    /** Throws it where that is what the trouble was. */
    static void check(RuntimeUnavailableException trouble) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        for (Throwable cause = trouble; cause != null && !interrupted; cause = cause.getCause()) {
            interrupted = cause instanceof InterruptedException;
        }
        if (interrupted) {
            throw (InterruptedException) new InterruptedException().initCause(trouble);
        }
    }
}
