package dev.lightning.app.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What a client asked for and was told, one line each, in a file outside the system: the other side of every promise. */
final class Journal {
    /** What a line says about a request. */
    enum Word {
        /** It is about to be sent. */
        INVOKE,
        /** It was accepted. */
        OK,
        /** It was refused. */
        FAIL,
        /** No answer came, or one that leaves open what happened. */
        UNKNOWN
    }

    /** One line. */
    record Line(Word word, String id, String type, int status) {
        String written() {
            return "%s %s %s %d%n".formatted(word, id, type, status);
        }

        static Line read(String line) {
            String[] parts = line.split(" ");
            return new Line(Word.valueOf(parts[0]), parts[1], parts[2], Integer.parseInt(parts[3]));
        }
    }

    private final Path file;

    Journal(Path file) {
        this.file = file;
    }

    synchronized void note(Line line) {
        try {
            Files.writeString(file, line.written(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    synchronized List<Line> lines() {
        try {
            return Files.readAllLines(file).stream().map(Line::read).toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
