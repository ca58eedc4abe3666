package dev.lightning.bench.compare;

import dev.lightning.bench.load.Client;
import dev.lightning.bench.machine.Costs;
import dev.lightning.bench.machine.Disk;
import dev.lightning.bench.machine.Launched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that runs with a Temporal server of its own, and nothing else beside it.
 *
 * @param client somebody who may post
 * @param temporal the server's address
 * @param program the process that is the program
 * @param started all that was started, in that order
 * @param stores the folders that grow
 */
record Stand(Client client, String temporal, Launched program, List<Launched> started, List<Path> stores)
        implements AutoCloseable {
    Costs costs() throws IOException {
        return Costs.of(program.pid(), started.stream().map(Launched::pid).toList());
    }

    long diskBytes() throws IOException {
        return Disk.bytes(stores);
    }

    @Override
    public void close() {
        started.reversed().forEach(Launched::close);
    }
}
