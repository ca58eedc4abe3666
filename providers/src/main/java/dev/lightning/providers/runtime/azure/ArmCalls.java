package dev.lightning.providers.runtime.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.Response;
import com.azure.core.management.exception.ManagementException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes single requests of the Resource Manager, none of which waits for the end of what it began. */
public final class ArmCalls {
    private static final HttpHeaderName OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");

    /** Shorter than {@link OrderLease#LENGTH}, under which one request is made. */
    static final Duration LONGEST = Duration.ofSeconds(45);

    private final ArmTrouble trouble;

    public ArmCalls(ArmTrouble trouble) {
        this.trouble = trouble;
    }

    /**
     * Begins something that goes on by itself; throws {@link ArmRefusal} when it does not begin.
     *
     * @return where Azure says how far it has come
     */
    public Optional<String> begin(Supplier<? extends Mono<? extends Response<?>>> request) {
        try {
            Response<?> answer = request.get().block(LONGEST);
            return Optional.ofNullable(answer).map(given -> given.getHeaders().getValue(OPERATION));
        } catch (RuntimeException e) {
            throw trouble.read(e);
        }
    }

    /** Begins something on what may not be there, which is no error. */
    public boolean beginIfThere(Supplier<? extends Mono<? extends Response<?>>> request) {
        try {
            Optional<String> _ = begin(request);
            return true;
        } catch (ArmRefusal refusal) {
            if (refusal.kind() == ArmRefusal.Kind.MISSING) {
                return false;
            }
            throw refusal;
        }
    }

    /** What there is; empty when it is not there. */
    public <T> Optional<T> find(Supplier<? extends Mono<? extends Response<T>>> request) {
        try {
            return Optional.ofNullable(request.get().block(LONGEST)).map(Response::getValue);
        } catch (ManagementException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw trouble.read(e);
        } catch (RuntimeException e) {
            throw trouble.read(e);
        }
    }

    /** What became of something that had begun, in the words that Azure gives for its failure. */
    public ArmRefusal failed(String code, String message) {
        return trouble.failed(code, message);
    }

    /** Takes all of a list, page by page. */
    public <T> void each(Iterable<T> list, Consumer<? super T> taker) {
        Iterator<T> items = list.iterator();
        for (T item = next(items); item != null; item = next(items)) {
            taker.accept(item);
        }
    }

    private <T> @Nullable T next(Iterator<T> items) {
        try {
            return items.hasNext() ? items.next() : null;
        } catch (RuntimeException e) {
            throw trouble.read(e);
        }
    }

    private static boolean isMissing(ManagementException e) {
        return e.getResponse() != null
                && e.getResponse().getStatusCode() == HttpURLConnection.HTTP_NOT_FOUND
                && !ArmCodes.isOfSettings(e);
    }
}
