package dev.lightning.providers.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ArgumentSchemaTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String POINT = """
            {"type":"object","properties":{"x":{"type":"integer"},"unit":{"$ref":"#/$defs/unit"}},"required":["x"],
             "additionalProperties":false,"$defs":{"unit":{"enum":["mm","cm"]}}}""";

    @Test
    void arguments_that_fit_have_no_faults() throws InvalidSchemaException {
        assertThat(faults(POINT, "{\"x\":1,\"unit\":\"mm\"}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | required property 'x' not found",
                "{\"x\":\"1\"} | /x string found, integer expected",
                "{\"x\":1,\"unit\":\"m\"} | /unit does not have a value in the enumeration",
                "{\"x\":1,\"y\":2} | property 'y' is not defined"
            })
    void every_fault_is_said_in_words(String arguments, String fault) throws InvalidSchemaException {
        assertThat(faults(POINT, arguments)).contains(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | must be a JSON Schema",
                "{ | must be JSON",
                "{\"type\":\"string\"} | \"type\": \"object\"",
                "{\"type\":\"object\",\"properties\":[]} | is no JSON Schema",
                "{\"type\":\"object\",\"required\":\"x\"} | is no JSON Schema",
                "{\"type\":\"object\",\"$schema\":\"http://json-schema.org/draft-04/schema#\"} | draft 2020-12",
                "{\"type\":\"object\",\"allOf\":[{\"$ref\":\"http://127.0.0.1:1/x\"}]} | only to what is in it",
                "{\"type\":\"object\",\"allOf\":[{\"$ref\":\"file:///etc/passwd\"}]} | only to what is in it",
                "{\"type\":\"object\",\"allOf\":[{\"$ref\":\"#\"}]} | only to what is in it",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/properties/a\"}}} | must not refer to itself",
                "{\"type\":\"object\",\"$id\":\"http://127.0.0.1:1/x\"} | must not use $id",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"(?=a)\"}}} | regular expression",
                "{\"type\":\"object\",\"patternProperties\":{\"(\":{}}} | regular expression"
            })
    void what_is_no_schema_or_reaches_outside_is_refused(String schema, String why) {
        assertThatThrownBy(() -> ArgumentSchema.compile(schema))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining(why);
    }

    @Test
    void references_that_multiply_are_refused_at_once() {
        StringBuilder schema =
                new StringBuilder("{\"type\":\"object\",\"allOf\":[{\"$ref\":\"#/$defs/a0\"}],\"$defs\":{");
        for (int n = 0; n < 60; n++) {
            String next = "{\"$ref\":\"#/$defs/a" + (n + 1) + "\"}";
            schema.append("\"a%d\":{\"allOf\":[%s,%s]},".formatted(n, next, next));
        }
        schema.append("\"a60\":{}}}");

        assertThatThrownBy(() -> ArgumentSchema.compile(schema.toString())).hasMessageContaining("too large");
    }

    @Test
    void an_expression_that_others_choke_on_takes_no_time() throws InvalidSchemaException {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"^(a+)+$\"}}}";
        long began = System.nanoTime();

        assertThat(faults(schema, "{\"a\":\"" + "a".repeat(10_000) + "!\"}")).contains("/a");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_schema_may_be_only_so_long() {
        String schema = "{\"type\":\"object\",\"description\":\"" + "x".repeat(ArgumentSchema.LONGEST) + "\"}";

        assertThatThrownBy(() -> ArgumentSchema.compile(schema)).hasMessageContaining("bytes");
    }

    private static String faults(String schema, String arguments) throws InvalidSchemaException {
        return ArgumentSchema.compile(schema).faults(JSON.readTree(arguments));
    }
}
