package dev.lightning.azurestandin.arm;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does in the background what takes its time, and answers those who ask how far it is. */
final class Operations implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    private final Duration retryAfter;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Operations(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    /**
     * Begins it and adds to the answer the addresses at which to ask.
     *
     * @param answer what the request gets now
     * @param result what it would have got, had it waited
     */
    ArmResponse start(
            ArmRequest request,
            String location,
            Duration delay,
            Work work,
            ArmResponse answer,
            Supplier<ArmResponse> result) {
        String id = UUID.randomUUID().toString();
        Operation operation = new Operation(id, result);
        operations.put(id, operation);
        background(delay, () -> run(id, operation, work));
        String place = request.endpoint() + "/subscriptions/" + request.path().subscription() + "/providers/"
                + request.path().namespace() + "/locations/" + (location.isEmpty() ? "global" : location);
        String query = id + "?api-version=" + request.apiVersion();
        ArmResponse told = withWait(answer.with("Azure-AsyncOperation", place + "/operations/" + query));
        return answer.status() == 202 ? told.with("Location", place + "/operationResults/" + query) : told;
    }

    /** Does something after a while that nobody waits for. */
    void background(Duration delay, Work work) {
        threads.execute(() -> {
            try {
                Thread.sleep(delay);
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void run(String id, Operation operation, Work work) throws InterruptedException {
        try {
            work.run();
            operation.end(null);
        } catch (ArmException e) {
            operation.end(e);
        } catch (RuntimeException e) {
            log.warn("event=standin.operation.failed operation={}", id, e);
            operation.end(new ArmException(500, "InternalServerError", "The stand-in failed: " + e.getMessage()));
        }
    }

    /** Answers {@code .../locations/<place>/operations/<id>}. */
    ArmResponse status(ArmRequest request, String id) {
        return withWait(ArmResponse.of(200, find(id).status(request.url())));
    }

    /** Answers {@code .../locations/<place>/operationResults/<id>}. */
    ArmResponse result(ArmRequest request, String id) {
        ArmResponse result = find(id).result();
        return result != null
                ? result
                : withWait(ArmResponse.empty(202).with("Location", request.endpoint() + request.url()));
    }

    /** Azure says whole seconds, and its clients take 0 for the 30 seconds that they wait of themselves. */
    private ArmResponse withWait(ArmResponse answer) {
        return answer.with("Retry-After", String.valueOf(Math.max(1, retryAfter.toSeconds())));
    }

    private Operation find(String id) {
        Operation operation = operations.get(id);
        if (operation == null) {
            throw new ArmException(404, "OperationNotFound", "There is no operation " + id + ".");
        }
        return operation;
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
