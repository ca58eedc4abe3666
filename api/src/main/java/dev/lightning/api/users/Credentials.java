package dev.lightning.api.users;

import dev.lightning.api.bodies.JsonFields;
import dev.lightning.api.errors.Findings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A user name and a password as somebody gives them, to get an account or to log in. */
record Credentials(String userId, String password) {
    private static final List<String> FIELDS = List.of("userID", "username", "password");

    /** Reads them from a body that says {@code userID}, {@code username} or the same in both; throws all that is wrong. */
    static Credentials read(JsonNode body, String kind) {
        Findings findings = new Findings();
        JsonFields fields = JsonFields.ofBody(body, findings);
        fields.refuseOthersThan(FIELDS, kind);
        String userId = fields.text("userID");
        String username = fields.text("username");
        String name = isSet(userId) ? userId : username;
        findings.require(isSet(name) || isOfWrongType(fields, "userID", "username"), "userID", "is required");
        findings.require(
                !isSet(userId) || !isSet(username) || orEmpty(userId).equals(username),
                "username",
                "differs from userID; give one of them");
        String password = fields.text("password");
        findings.require(isSet(password) || isOfWrongType(fields, "password"), "password", "is required");
        findings.throwIfAny();
        return new Credentials(orEmpty(name), orEmpty(password));
    }

    @Override
    public String toString() {
        return "Credentials[userId=" + userId + "]";
    }

    /** Whether a finding about one of these fields says already why it has no value. */
    private static boolean isOfWrongType(JsonFields fields, String... names) {
        return List.of(names).stream().map(fields::value).anyMatch(value -> value != null && !value.isString());
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
