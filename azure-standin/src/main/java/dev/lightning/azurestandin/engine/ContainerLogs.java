package dev.lightning.azurestandin.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallbackTemplate;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects what a container has written so far. */
final class ContainerLogs extends ResultCallbackTemplate<ContainerLogs, Frame> {
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int LOOKS = 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private ContainerLogs() {}

    static String read(DockerClient client, String container, int tail, boolean timestamps) {
        for (int look = 1; ; look++) {
            ContainerLogs logs = new ContainerLogs();
            try (LogContainerCmd command = client.logContainerCmd(container)) {
                command.withStdOut(true).withStdErr(true).withTimestamps(timestamps);
                if (tail > 0) {
                    command.withTail(tail);
                }
                command.exec(logs).awaitCompletion();
                return logs.text();
            } catch (NotFoundException e) {
                return "";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return logs.text();
            } catch (RuntimeException e) {
                // Podman cannot show the end of a log while a line of it is being written.
                if (look == LOOKS || !String.valueOf(e.getMessage()).contains("is not a valid container log line")) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void onNext(Frame frame) {
        bytes.writeBytes(frame.getPayload());
    }

    private String text() {
        byte[] all = bytes.toByteArray();
        int from = Math.max(0, all.length - MOST_BYTES);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }
}
