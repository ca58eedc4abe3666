package dev.lightning.providers.model.openai;

import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.ModelResult.Rejected;
import dev.lightning.providers.model.ModelResult.Throttled;
import dev.lightning.providers.model.ModelResult.Unavailable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one table that says which trouble of the service is worth another try. Its sentences are ours: what the service
 * wrote may repeat the key or the prompt, so only a code that is plainly a code is passed on.
 */
final class OpenAiTrouble {
    private static final Pattern CODE = Pattern.compile("(?=.{1,64}$)[a-z]+(_[a-z]+)*");
    private static final String NO_QUOTA = "insufficient_quota";

    private OpenAiTrouble() {}

    static ModelResult meaning(OpenAIException trouble, @Nullable String apiKey, Instant now) {
        if (trouble instanceof OpenAIServiceException said) {
            return meaning(said, code(said, apiKey), now);
        }
        Throwable cause = cause(trouble);
        if (cause instanceof AnswerTooLargeException) {
            return new Rejected("The model's answer is larger than any answer may be");
        }
        if (cause instanceof InterruptedIOException) {
            return new Unavailable("The model's service took too long");
        }
        if (isConnectionTrouble(cause)) {
            return new Unavailable("The model's service cannot be reached or dropped the connection ("
                    + cause.getClass().getSimpleName() + ")");
        }
        return new Unavailable("The model's service sent something that is no answer");
    }

    /** The word itself where it is plainly a code. */
    static String code(String word) {
        return CODE.matcher(word).matches() ? word : "unknown";
    }

    private static ModelResult meaning(OpenAIServiceException said, Optional<String> code, Instant now) {
        int status = said.statusCode();
        String what = status + code.map(word -> " " + word).orElse("");
        return switch (status) {
            case 429 ->
                code.filter(NO_QUOTA::equals).isPresent()
                        ? new Rejected("The account at the model's service has no quota left (" + what + ")")
                        : new Throttled(
                                RetryAfter.read(said.headers(), now),
                                "The model's service asks for a pause (" + what + ")");
            case 401 ->
                new Rejected("The model's service does not accept the key (" + what + "): check OPENAI_API_KEY");
            case 403 -> new Rejected("The model's service does not allow this call (" + what + ")");
            case 404 -> new Rejected("The model's service knows no such model or address (" + what + ")");
            case 408, 409, 425 -> new Unavailable("The model's service could not take the call (" + what + ")");
            default ->
                status >= 500
                        ? new Unavailable("The model's service is in trouble (" + what + ")")
                        : new Rejected("The model's service refused the request (" + what + ")");
        };
    }

    private static Optional<String> code(OpenAIServiceException said, @Nullable String apiKey) {
        Optional<String> code = read(said::code);
        Optional<String> type = read(said::type);
        return (type.filter(NO_QUOTA::equals).isPresent() ? type : code.or(() -> type))
                .filter(word -> CODE.matcher(word).matches())
                .filter(word -> apiKey == null || !word.contains(apiKey));
    }

    private static Optional<String> read(Supplier<Optional<String>> field) {
        try {
            return field.get();
        } catch (OpenAIInvalidDataException notAText) {
            return Optional.empty();
        }
    }

    private static Throwable cause(Throwable trouble) {
        Throwable cause = trouble;
        while (cause.getCause() != null && !isTelling(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isTelling(Throwable cause) {
        return cause instanceof AnswerTooLargeException || cause instanceof InterruptedIOException;
    }

    /** Jackson's exceptions are IOExceptions too, but they speak of what was read, not of the connection. */
    private static boolean isConnectionTrouble(Throwable cause) {
        return cause instanceof IOException
                && !cause.getClass().getPackageName().startsWith("com.fasterxml.jackson");
    }
}
