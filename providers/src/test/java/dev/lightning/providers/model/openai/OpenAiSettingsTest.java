package dev.lightning.providers.model.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiSettingsTest {
    @Test
    void nothing_set_means_openai_and_the_founding_documents_model() {
        OpenAiSettings settings = new OpenAiSettings(null, " ", "");

        assertThat(settings.isConfigured()).isFalse();
        assertThat(settings.address()).isEqualTo("https://api.openai.com/v1");
        assertThat(settings.model()).isEqualTo("gpt-3.5-turbo");
    }

    @Test
    void everything_set_is_taken_without_the_space_around_it() {
        OpenAiSettings settings = new OpenAiSettings("sk-1\n", " http://127.0.0.1:11434/v1 ", " llama3 ");

        assertThat(settings.isConfigured()).isTrue();
        assertThat(settings.apiKey()).isEqualTo("sk-1");
        assertThat(settings.address()).isEqualTo("http://127.0.0.1:11434/v1");
        assertThat(settings.model()).isEqualTo("llama3");
    }

    @Test
    void a_key_or_an_address_alone_is_enough() {
        assertThat(new OpenAiSettings("sk-1", null, null).isConfigured()).isTrue();
        assertThat(new OpenAiSettings(null, "http://localhost:1/v1", null).isConfigured())
                .isTrue();
    }

    @Test
    void does_not_show_the_key() {
        assertThat(new OpenAiSettings("sk-secret", null, null).toString()).doesNotContain("sk-secret");
        assertThatThrownBy(() -> new OpenAiSettings("sk-secret two", null, null))
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageNotContaining("sk-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:1", "ftp://host/v1", "http://", "http://me:pw@host/v1", "http://host/v1?x=1", "a b"})
    void what_is_no_address_is_refused_by_its_name(String address) {
        assertThatThrownBy(() -> new OpenAiSettings(null, address, null)).hasMessageContaining("OPENAI_BASE_URL");
    }
}
