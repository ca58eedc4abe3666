package dev.lightning.activities.tools;

import dev.lightning.providers.runtime.OutputMarks;
import java.io.IOException;
import java.io.OutputStream;

/** Holds the last MiB of what is written beyond a limit, since nobody knows which bytes are the last before the end. */
final class OutputEnd {
    /** Room for a runtime's own mark and its own last MiB, so that such an output is kept as it is. */
    private static final int ROOM = OutputMarks.END + OutputMarks.LONGEST;

    private byte[] ring = {};
    private long taken;

    /** Takes a piece from a position on. */
    void take(byte[] piece, int from) {
        if (from == piece.length) {
            return;
        }
        if (ring.length == 0) {
            ring = new byte[ROOM];
        }
        int start = Math.max(from, piece.length - ROOM);
        taken += start - from;
        for (int at = start; at < piece.length; ) {
            int place = (int) (taken % ROOM);
            int length = Math.min(piece.length - at, ROOM - place);
            System.arraycopy(piece, at, ring, place, length);
            at += length;
            taken += length;
        }
    }

    /** How many bytes are no longer there. */
    long dropped() {
        return taken <= ROOM ? 0 : taken - OutputMarks.END;
    }

    void writeTo(OutputStream out) throws IOException {
        if (taken == 0) {
            return;
        }
        int length = (int) (taken - dropped());
        int from = (int) ((taken - length) % ROOM);
        int first = Math.min(length, ROOM - from);
        out.write(ring, from, first);
        out.write(ring, 0, length - first);
    }
}
