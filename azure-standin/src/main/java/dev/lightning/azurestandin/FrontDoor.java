package dev.lightning.azurestandin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.lightning.azurestandin.arm.ArmException;
import dev.lightning.azurestandin.arm.ArmRequest;
import dev.lightning.azurestandin.arm.ArmResponse;
import dev.lightning.azurestandin.arm.Json;
import dev.lightning.azurestandin.arm.ResourceManager;
import dev.lightning.azurestandin.arm.Trouble;
import dev.lightning.azurestandin.faults.Effect;
import dev.lightning.azurestandin.faults.FaultScript;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests in, lets the script of faults have its way with them, and remembers what was asked. */
final class FrontDoor implements HttpHandler {
    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);

    private final String endpoint;
    private final boolean authorization;
    private final ResourceManager manager;
    private final FaultScript faults;
    private final List<AskedRequest> asked = new CopyOnWriteArrayList<>();

    FrontDoor(String endpoint, boolean authorization, ResourceManager manager, FaultScript faults) {
        this.endpoint = endpoint;
        this.authorization = authorization;
        this.manager = manager;
        this.faults = faults;
    }

    List<AskedRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            answer(exchange, Exchanges.read(exchange, endpoint));
        } catch (RuntimeException e) {
            log.warn(
                    "event=standin.request.failed path={}",
                    exchange.getRequestURI().getPath(),
                    e);
            Exchanges.write(exchange, refusal(500, "InternalServerError", "The stand-in failed: " + e));
        }
    }

    private void answer(HttpExchange exchange, ArmRequest request) throws IOException {
        if (authorization && exchange.getRequestHeaders().getFirst("Authorization") == null) {
            finish(
                    exchange,
                    request,
                    refusal(
                            401,
                            "AuthenticationFailed",
                            "Authentication failed. The 'Authorization' header is missing."));
            return;
        }
        List<Effect> effects = faults.effects(request.verb(), request.target(), request.name());
        if (has(effects, Effect.ConnectionReset.class)) {
            finish(exchange, request, null);
            return;
        }
        delay(effects);
        ArmResponse scripted = scripted(effects);
        ArmResponse answer = scripted != null ? scripted : manager.answer(request, Trouble.of(effects));
        finish(exchange, request, has(effects, Effect.LostResponse.class) ? null : answer);
    }

    private static boolean has(List<Effect> effects, Class<? extends Effect> kind) {
        return effects.stream().anyMatch(kind::isInstance);
    }

    private static void delay(List<Effect> effects) {
        Duration delay = Duration.ZERO;
        for (Effect effect : effects) {
            if (effect instanceof Effect.Delay slow) {
                delay = delay.plus(Trouble.duration(slow.seconds()));
            }
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable ArmResponse scripted(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Throttle throttle) {
                return refusal(
                                429,
                                "TooManyRequests",
                                "The request is being throttled as the limit has been reached for operation type. For"
                                        + " more information, see https://aka.ms/arm-throttling")
                        .with("Retry-After", String.valueOf(throttle.retryAfter()));
            }
            if (effect instanceof Effect.Answer told) {
                return refusal(told.status(), told.code(), told.message());
            }
        }
        return null;
    }

    private static ArmResponse refusal(int status, String code, String message) {
        return ArmResponse.of(status, Json.object().set("error", new ArmException(status, code, message).error()));
    }

    /** Remembers it before the client can know of it; without an answer the connection just ends. */
    private void finish(HttpExchange exchange, ArmRequest request, @Nullable ArmResponse answer) throws IOException {
        asked.add(new AskedRequest(
                Instant.now(),
                request.verb(),
                request.target(),
                request.name(),
                request.url(),
                request.query(),
                answer == null ? 0 : answer.status(),
                request.body()));
        if (answer == null) {
            exchange.close();
        } else {
            Exchanges.write(exchange, answer);
        }
    }
}
