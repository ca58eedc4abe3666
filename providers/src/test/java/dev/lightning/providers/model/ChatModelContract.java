package dev.lightning.providers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelResult.Usage;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every model must do, whoever hosts it; the ones under test repeat the last user message in their answer. */
public abstract class ChatModelContract {
    /** A model that answers. */
    protected abstract ChatModel model();

    @Test
    void answers_and_says_who_it_is() {
        Replied replied = ask(List.of(new Message("user", "Say hello")));

        assertThat(replied.text()).contains("Say hello");
        assertThat(replied.model()).isNotBlank();
        assertThat(replied.finishReason()).isEqualTo("stop");
    }

    @Test
    void counts_tokens() {
        Usage usage = ask(List.of(new Message("user", "Count these words"))).usage();

        assertThat(usage.promptTokens()).isPositive();
        assertThat(usage.completionTokens()).isPositive();
        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
    }

    @Test
    void follows_a_conversation_to_its_last_word() {
        Replied replied = ask(List.of(
                new Message("system", "Be brief"),
                new Message("user", "The first question"),
                new Message("assistant", "The first answer"),
                new Message("user", "The second question")));

        assertThat(replied.text()).contains("The second question").doesNotContain("The first question");
    }

    @Test
    void keeps_every_script_and_sign() {
        String text = "Grüße, 你好, \"quotes\" \\ back\nnew line 🚀";

        assertThat(ask(List.of(new Message("user", text))).text()).contains(text);
    }

    @Test
    void answers_many_at_once_without_mixing_them_up() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Replied>> answers = IntStream.range(0, 40)
                    .mapToObj(n -> callers.submit(() -> ask(List.of(new Message("user", "Question <" + n + ">")))))
                    .toList();

            for (int n = 0; n < answers.size(); n++) {
                assertThat(answers.get(n).get().text()).contains("<" + n + ">");
            }
        }
    }

    private Replied ask(List<Message> messages) {
        ModelResult result = model().complete(new ModelRequest(null, messages, 0.5, null, null, "owner/event/chat"));
        assertThat(result).isInstanceOf(Replied.class);
        return (Replied) result;
    }
}
