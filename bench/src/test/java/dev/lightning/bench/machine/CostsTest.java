package dev.lightning.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CostsTest {
    @Test
    void counts_what_children_cost_also_when_they_have_ended() throws IOException {
        String work = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
        Process shell = new ProcessBuilder("sh", "-c", "sh -c '" + work + "'; echo done; read line").start();
        try {
            assertThat(shell.inputReader().readLine()).isEqualTo("done");

            Costs costs = Costs.of(shell.pid(), List.of(shell.pid()));

            assertThat(costs.of(Part.PROGRAM).cpuMillis()).isPositive();
            assertThat(costs.of(Part.PROGRAM).residentMB()).isPositive();
            assertThat(costs.of(Part.POSTGRES)).isEqualTo(Cost.NONE);
        } finally {
            shell.destroy();
        }
    }

    @Test
    void tells_the_program_from_what_it_started() throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", "sleep 60 & wait").start();
        try {
            await().until(() -> LinuxProcess.tree(shell.pid()).size() == 2);

            assertThat(Costs.of(shell.pid(), List.of(shell.pid())).parts()).containsKeys(Part.PROGRAM, Part.TEMPORAL);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
        }
    }
}
