package dev.lightning.api.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"password", "Password", "12345678", "qwertyuiop", "trustno1", "ILOVEYOU"})
    void what_everybody_takes_is_refused(String password) {
        assertThat(PasswordRules.objection("alice", password))
                .contains("is one of the most common passwords; choose another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kestrels", "correct horse battery staple", "        ", "pässwörter", "1234567🔑"})
    void what_is_long_and_uncommon_is_fine(String password) {
        assertThat(PasswordRules.objection("alice", password)).isEmpty();
    }

    @Test
    void length_counts_characters_as_people_do() {
        assertThat(PasswordRules.objection("alice", "🔑".repeat(7))).contains("must have 8 to 128 characters");
        assertThat(PasswordRules.objection("alice", "🔑".repeat(8))).isEmpty();
        assertThat(PasswordRules.objection("alice", "🔑".repeat(128))).isEmpty();
        assertThat(PasswordRules.objection("alice", "🔑".repeat(129))).contains("must have 8 to 128 characters");
    }

    @Test
    void the_user_name_is_no_password() {
        assertThat(PasswordRules.objection("alice.jones", "Alice.Jones")).contains("must differ from the user name");
    }

    @Test
    void half_a_character_is_none() {
        assertThat(PasswordRules.objection("alice", "kestrels\uD83D")).isPresent();
    }
}
