package dev.lightning.providers.model.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.providers.model.ChatModel;
import dev.lightning.providers.model.ChatModelContract;
import dev.lightning.providers.model.ModelRequest;
import dev.lightning.providers.model.ModelRequest.Message;
import dev.lightning.providers.model.ModelResult.Replied;
import dev.lightning.providers.model.ModelToolCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoChatModelTest extends ChatModelContract {
    private final DemoChatModel demo = new DemoChatModel();

    @Override
    protected ChatModel model() {
        return demo;
    }

    @Test
    void says_what_it_is_and_how_to_get_a_real_one() {
        Replied replied = ask("Hi");

        assertThat(replied.demo()).isTrue();
        assertThat(replied.model()).isEqualTo("demo");
        assertThat(replied.text()).contains("demo model").contains("OPENAI_API_KEY");
    }

    @Test
    void says_the_same_to_the_same_words() {
        assertThat(ask("Hi")).isEqualTo(ask("Hi"));
    }

    @Test
    void repeats_only_a_cut_of_a_long_message_without_splitting_a_sign() {
        String text = ask("🚀".repeat(500)).text();

        assertThat(text).endsWith("🚀…").hasSizeLessThan(600);
        assertThat(text.codePoints().filter(sign -> sign == "🚀".codePointAt(0)).count())
                .isEqualTo(200);
    }

    @Test
    void copes_with_nobody_having_said_anything() {
        Replied replied =
                (Replied) demo.complete(ModelRequest.of(null, List.of(new Message("system", "Be brief")), "key"));

        assertThat(replied.text()).endsWith("You said: nothing");
    }

    @Test
    void calls_the_tools_that_it_is_told_to_use_and_repeats_what_they_say() {
        List<ModelRequest.Tool> tools = List.of(
                new ModelRequest.Tool("add-up", "Adds", "{}"), new ModelRequest.Tool("now", "Tells the time", "{}"));
        Message question =
                new Message("user", "Please:\nuse add-up {\"a\": 1}\nuse now\nuse unknown {}\nuse the force");

        Replied asked =
                (Replied) demo.complete(new ModelRequest(null, List.of(question), null, null, null, tools, "key"));
        Replied answered = (Replied) demo.complete(new ModelRequest(
                null,
                List.of(
                        question,
                        new Message("assistant", "", asked.calls(), null),
                        Message.ofTool("call_1", "{\"sum\":1}"),
                        Message.ofTool("call_2", "noon")),
                null,
                null,
                null,
                tools,
                "key"));

        assertThat(asked.calls())
                .containsExactly(
                        new ModelToolCall("call_1", "add-up", "{\"a\": 1}"),
                        new ModelToolCall("call_2", "now", "{}"),
                        new ModelToolCall("call_3", "unknown", "{}"));
        assertThat(asked.finishReason()).isEqualTo("tool_calls");
        assertThat(answered.text()).endsWith("The tools said: {\"sum\":1} noon");
        assertThat(answered.calls()).isEmpty();
    }

    private Replied ask(String text) {
        return (Replied) demo.complete(ModelRequest.of("gpt-4o", List.of(new Message("user", text)), "key"));
    }
}
