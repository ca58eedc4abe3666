package dev.lightning.providers.runtime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads what a run left from an archive that was made of its output directory elsewhere, trusting nothing in it. */
public final class OutputArchive {
    private OutputArchive() {}

    /** The archive has the files in the order of their names; links and devices, which a program can make, are left out. */
    public static void read(InputStream archive, long maxBytes, FileReader reader) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(archive);
        long rest = maxBytes;
        int leftOut = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = below(entry.getName());
            if (!isRegular(entry) || path.isEmpty()) {
                continue;
            }
            if (entry.getRealSize() > rest) {
                leftOut++;
                continue;
            }
            rest -= entry.getRealSize();
            reader.take(path, entry.getRealSize(), new EntryContent(tar));
        }
        if (leftOut > 0) {
            reader.leaveOut(leftOut);
        }
    }

    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && tarCanRead(entry);
    }

    private static boolean tarCanRead(TarArchiveEntry entry) {
        return !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO() && entry.getRealSize() >= 0;
    }

    /** The path below the output directory, or nothing when it is none. */
    private static String below(String name) {
        int first = name.indexOf('/');
        String path = first < 0 ? "" : name.substring(first + 1);
        List<String> parts = List.of(path.split("/", -1));
        boolean plain = parts.stream().noneMatch(part -> part.isEmpty() || ".".equals(part) || "..".equals(part));
        return plain && path.indexOf('\0') < 0 ? path : "";
    }

    /** A reader may close what it was given; the archive stays open for the next file. */
    private static final class EntryContent extends FilterInputStream {
        EntryContent(InputStream tar) {
            super(tar);
        }

        @Override
        public void close() {}
    }
}
