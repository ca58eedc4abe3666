package dev.lightning.app;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The command that starts the product, with the cache of loaded classes that {@code ./lightning up} uses too: the tests
 * start it so often that half the time of a start is minutes of the whole.
 */
final class StartCommand {
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final StartCommand PREPARED = prepare();

    private final String classPath;
    private final Path cache;

    private StartCommand(String classPath, Path cache) {
        this.classPath = classPath;
        this.cache = cache;
    }

    static List<String> words() {
        return PREPARED.words("-XX:AOTCache=" + PREPARED.cache, "-Xlog:aot=off", "-Xlog:cds=off");
    }

    private List<String> words(String... more) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(FLAGS);
        words.addAll(List.of(more));
        words.addAll(List.of("-cp", classPath, LightningApplication.class.getName()));
        return words;
    }

    /** Prepared once for as long as the classes stay as they are, whoever of several test processes comes first. */
    private static StartCommand prepare() {
        Path shared = Path.of("target", "quick-start").toAbsolutePath();
        try {
            Files.createDirectories(shared);
            try (FileChannel one = FileChannel.open(shared.resolve("lock"), CREATE, WRITE);
                    FileLock _ = one.lock()) {
                return prepared(shared);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static StartCommand prepared(Path shared) throws IOException, InterruptedException {
        Path folder = shared.resolve(stamp());
        Path ready = folder.resolve("ready");
        if (!Files.exists(ready)) {
            clear(shared);
            Files.createDirectories(folder);
        }
        StartCommand command = new StartCommand(archived(folder, Files.exists(ready)), folder.resolve("classes.aot"));
        if (!Files.exists(ready)) {
            command.rehearse(folder);
            Files.createFile(ready);
        }
        return command;
    }

    /** What changes with any of the classes, in as many digits as a name needs. */
    private static String stamp() throws IOException {
        long sum = 1;
        for (String entry : entries()) {
            try (Stream<Path> files = Files.walk(Path.of(entry))) {
                for (Path file : files.sorted().toList()) {
                    sum = 31 * sum + file.toString().hashCode();
                    sum = 31 * sum + Files.size(file);
                    sum = 31 * sum + Files.getLastModifiedTime(file).toMillis();
                }
            }
        }
        return Long.toHexString(sum);
    }

    private static List<String> entries() {
        String given = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(given.split(File.pathSeparator))
                .filter(entry -> Files.exists(Path.of(entry)))
                .toList();
    }

    /** A class path whose classes can be loaded beforehand, which those in folders cannot. */
    private static String archived(Path folder, boolean already) throws IOException {
        List<String> archives = new ArrayList<>();
        for (String entry : entries()) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve(archives.size() + ".jar");
                archives.add((already ? jar : archive(path, jar)).toString());
            } else {
                archives.add(entry);
            }
        }
        return String.join(File.pathSeparator, archives);
    }

    private static Path archive(Path classes, Path jar) throws IOException {
        try (JarOutputStream content = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.sorted().toList()) {
                String name = classes.relativize(file).toString();
                if (Files.isRegularFile(file)) {
                    content.putNextEntry(new JarEntry(name));
                    Files.copy(file, content);
                    content.closeEntry();
                } else if (!name.isEmpty()) {
                    content.putNextEntry(new JarEntry(name + "/"));
                    content.closeEntry();
                }
            }
        }
        return jar;
    }

    private void rehearse(Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("rehearsal.log");
        ProcessBuilder rehearsal =
                new ProcessBuilder(words("-XX:AOTCacheOutput=" + cache, "-Dlightning.rehearsal=true"));
        Instance.setUp(rehearsal.environment(), folder.resolve("home"));
        Process process = rehearsal
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the rehearsal failed: " + Files.readString(output));
        }
    }

    private static void clear(Path shared) throws IOException {
        try (Stream<Path> files = Files.walk(shared)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(shared) && !file.endsWith("lock")) {
                    Files.delete(file);
                }
            }
        }
    }
}
