package dev.lightning.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static StartCommand prepare() {
        try {
            Path folder = Files.createTempDirectory("product");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            StartCommand command = new StartCommand(archived(folder), folder.resolve("classes.aot"));
            command.rehearse(folder);
            return command;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** A class path whose classes can be loaded beforehand, which those in folders cannot. */
    private static String archived(Path folder) throws IOException {
        String given = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> archives = new ArrayList<>();
        for (String entry : given.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                archives.add(
                        archive(path, folder.resolve(archives.size() + ".jar")).toString());
            } else if (Files.exists(path)) {
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
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the rehearsal failed: " + Files.readString(output));
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
