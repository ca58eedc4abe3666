package dev.lightning.providers.model.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.core.LogLevel;
import com.openai.core.Timeout;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.completions.CompletionUsage;
import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult;
import dev.lightning.providers.model.ModelResult.Rejected;
import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Unavailable;
import dev.lightning.providers.model.ModelResult.Usage;
import dev.lightning.providers.model.ModelToolCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks OpenAI, or whoever speaks its Chat Completions, exactly once per call.
 *
 * <p>The vendor's client is made with the first call: it costs about a second, which a start should not wait for. It
 * does not validate whole answers, because it would throw away a paid one for an enum value newer than itself; every
 * field that we use is read here, so that a broken answer shows here too.
 */
public final class OpenAiChatModel implements ChatModel, AutoCloseable {
    /** How long one call may take in all; less than what an attempt has, so that our own words reach the history. */
    public static final Duration LONGEST_CALL = Duration.ofSeconds(110);

    private static final Logger log = LoggerFactory.getLogger(OpenAiChatModel.class);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int IDLE_CONNECTIONS = 64;
    private static final int LONGEST_NAME = 128;

    private final OpenAiSettings settings;
    private final Duration longestCall;
    private final InstantSource clock;
    private @Nullable OpenAIClient client;

    public OpenAiChatModel(OpenAiSettings settings) {
        this(settings, LONGEST_CALL, InstantSource.system());
    }

    OpenAiChatModel(OpenAiSettings settings, Duration longestCall, InstantSource clock) {
        this.settings = settings;
        this.longestCall = longestCall;
        this.clock = clock;
    }

    /** The call runs on a virtual thread of its own, whose sockets, unlike a platform thread's, an interrupt closes. */
    @Override
    public ModelResult complete(ModelRequest request) {
        FutureTask<ModelResult> call = new FutureTask<>(() -> ask(request));
        Thread.ofVirtual().name("model-call").start(call);
        try {
            return call.get(longestCall.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException called) {
            Thread.currentThread().interrupt();
            return new Unavailable("The model call was called off");
        } catch (TimeoutException late) {
            return new Unavailable("The model's service took too long");
        } catch (ExecutionException bug) {
            log.error("event=model.client.failed kind={}", kind(bug.getCause()));
            return new Unavailable("The model client failed for a reason that only the operator's log has");
        } finally {
            call.cancel(true);
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private ModelResult ask(ModelRequest request) {
        try {
            return answer(client().chat().completions().create(params(request)));
        } catch (OpenAIException trouble) {
            return OpenAiTrouble.meaning(trouble, settings.apiKey(), clock.instant());
        }
    }

    private synchronized OpenAIClient client() {
        if (client == null) {
            String apiKey = settings.apiKey();
            client = OpenAIOkHttpClient.builder()
                    .baseUrl(settings.address())
                    .apiKey(apiKey == null ? "none" : apiKey)
                    .maxRetries(0)
                    .followRedirects(false)
                    .logLevel(LogLevel.OFF)
                    .responseValidation(false)
                    .maxIdleConnections(IDLE_CONNECTIONS)
                    .keepAliveDuration(IDLE)
                    .timeout(Timeout.builder()
                            .connect(LONGEST_CONNECT)
                            .read(longestCall)
                            .write(longestCall)
                            .request(longestCall)
                            .build())
                    .addInterceptor(new OpenAiTransport(apiKey != null))
                    .build();
        }
        return client;
    }

    private ChatCompletionCreateParams params(ModelRequest request) {
        String model = request.model();
        ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                .model(model == null ? settings.model() : model)
                .putAdditionalHeader("Idempotency-Key", IdempotencyKey.of(request.effectKey()));
        Double temperature = request.temperature();
        if (temperature != null) {
            params.temperature(temperature);
        }
        Double topP = request.topP();
        if (topP != null) {
            params.topP(topP);
        }
        Integer maxTokens = request.maxTokens();
        if (maxTokens != null) {
            // Under the name that every service knows; OpenAI's newer one is not spoken by all.
            params.putAdditionalBodyProperty("max_tokens", JsonValue.from(maxTokens));
        }
        request.messages().forEach(message -> add(params, message));
        request.tools().forEach(tool -> params.addTool(OpenAiTools.offered(tool)));
        return params.build();
    }

    private static void add(ChatCompletionCreateParams.Builder params, Message message) {
        String callId = message.callId();
        switch (message.role()) {
            case "system" -> params.addSystemMessage(message.content());
            case "assistant" -> params.addMessage(OpenAiTools.remembered(message));
            case "tool" -> params.addMessage(OpenAiTools.answered(callId == null ? "" : callId, message.content()));
            default -> params.addUserMessage(message.content());
        }
    }

    /** What has no text and asks for nothing is no answer, whatever the reason: it was paid for and would be the same again. */
    private static ModelResult answer(ChatCompletion completion) {
        List<ChatCompletion.Choice> choices = completion.choices();
        if (choices.isEmpty()) {
            return new Unavailable("The model's service answered without a choice");
        }
        ChatCompletion.Choice first = choices.getFirst();
        ChatCompletionMessage message = first.message();
        String text = message.content()
                .filter(said -> !said.isBlank())
                .or(message::refusal)
                .orElse("");
        String finishReason = first._finishReason()
                .asKnown()
                .map(reason -> cut(reason.asString()))
                .orElse("unknown");
        List<ModelToolCall> calls = OpenAiTools.asked(message);
        if (text.isBlank() && calls.isEmpty()) {
            return new Rejected("The model gave no answer (" + OpenAiTrouble.code(finishReason) + ")");
        }
        return new Replied(
                text,
                name(completion._model()),
                finishReason,
                completion._usage().asKnown().map(OpenAiChatModel::usage).orElse(new Usage(0, 0, 0)),
                false,
                calls);
    }

    private static Usage usage(CompletionUsage usage) {
        return new Usage(count(usage._promptTokens()), count(usage._completionTokens()), count(usage._totalTokens()));
    }

    private static long count(JsonField<Long> tokens) {
        return tokens.asKnown().orElse(0L);
    }

    private static String name(JsonField<String> model) {
        return model.asKnown().map(OpenAiChatModel::cut).orElse("unknown");
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** What kind of bug it was; its message could repeat the prompt. */
    private static String kind(@Nullable Throwable bug) {
        return bug == null ? "unknown" : bug.getClass().getName();
    }
}
