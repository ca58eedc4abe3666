package dev.lightning.azurestandin.arm;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Something that takes its time, and what became of it. */
final class Operation {
    private enum Status {
        RUNNING("InProgress"),
        SUCCEEDED("Succeeded"),
        FAILED("Failed");

        private final String wire;

        Status(String wire) {
            this.wire = wire;
        }
    }

    private final String id;
    private final Instant startedAt = Instant.now();
    private final Supplier<ArmResponse> result;
    private Status status = Status.RUNNING;
    private @Nullable Instant endedAt;
    private @Nullable ArmException failure;

    Operation(String id, Supplier<ArmResponse> result) {
        this.id = id;
        this.result = result;
    }

    synchronized void end(@Nullable ArmException why) {
        status = why == null ? Status.SUCCEEDED : Status.FAILED;
        failure = why;
        endedAt = Instant.now();
    }

    synchronized ObjectNode status(String path) {
        ObjectNode told = Json.object()
                .put("id", path)
                .put("name", id)
                .put("status", status.wire)
                .put("startTime", startedAt.toString());
        if (endedAt != null) {
            told.put("endTime", endedAt.toString());
        }
        if (failure != null) {
            told.set("error", failure.error());
        }
        return told;
    }

    /** What the request would have got, had it waited; nothing while it is not over. */
    synchronized @Nullable ArmResponse result() {
        return switch (status) {
            case RUNNING -> null;
            case SUCCEEDED -> result.get();
            case FAILED -> failure == null ? ArmResponse.empty(500) : failure.response();
        };
    }
}
