package dev.lightning.app.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerScriptTest {
    @TempDir
    Path folder;

    @Test
    void the_server_keeps_its_database_to_itself() throws Exception {
        Path database = folder.resolve("temporal.db");
        Path server = Files.writeString(folder.resolve("server"), "#!/bin/sh\n: >'" + database + "'\n");
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwx------"));
        Path script = new ServerScript(folder, database).write(server);

        Process run = new ProcessBuilder(script.toString()).start();

        assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(permissions(database)).isEqualTo("rw-------");
    }

    @Test
    void a_database_from_before_is_closed_to_others() throws Exception {
        Path database = Files.writeString(folder.resolve("temporal.db"), "");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

        new ServerScript(folder, database).write(folder.resolve("server"));

        assertThat(permissions(database)).isEqualTo("rw-------");
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
