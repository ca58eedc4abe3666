package dev.lightning.providers.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Dialects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the arguments of a tool have to be: a JSON Schema (draft 2020-12) of an object. Nothing is ever fetched for one,
 * and holding arguments against it takes time in proportion to both.
 */
public final class ArgumentSchema {
    /** Bytes that a schema may have. */
    public static final int LONGEST = 16 << 10;

    private static final int MOST_FAULTS = 5;
    private static final int LONGEST_FAULT = 200;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Schema schema;

    private ArgumentSchema(Schema schema) {
        this.schema = schema;
    }

    /** Reads a schema as it was stored or written. */
    public static ArgumentSchema compile(String text) throws InvalidSchemaException {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new InvalidSchemaException("must have at most " + LONGEST + " bytes");
        }
        try {
            return compile(JSON.readTree(text));
        } catch (JacksonException notJson) {
            throw new InvalidSchemaException("must be JSON");
        }
    }

    private static ArgumentSchema compile(JsonNode node) throws InvalidSchemaException {
        if (!node.isObject() || !node.path("type").asString("").equals("object")) {
            throw new InvalidSchemaException("must be a JSON Schema with \"type\": \"object\"");
        }
        SchemaShape.require(node);
        try {
            List<Error> faults = Registry.OF_SCHEMAS.validate(node);
            if (!faults.isEmpty()) {
                throw new InvalidSchemaException("is no JSON Schema: " + inWords(faults));
            }
            Schema schema = registry().getSchema(node);
            schema.initializeValidators();
            return new ArgumentSchema(schema);
        } catch (RuntimeException | StackOverflowError unreadable) {
            throw new InvalidSchemaException("is no JSON Schema that can be read");
        }
    }

    /** What is wrong with these arguments, in words for whoever wrote them; empty when nothing is. */
    public String faults(JsonNode arguments) {
        try {
            return inWords(schema.validate(arguments));
        } catch (RuntimeException | StackOverflowError unchecked) {
            return "they cannot be held against their schema";
        }
    }

    private static String inWords(List<Error> faults) {
        return faults.stream()
                .limit(MOST_FAULTS)
                .map(fault -> (fault.getInstanceLocation() + " " + cut(fault.getMessage())).strip())
                .collect(Collectors.joining("; "));
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_FAULT ? message : message.substring(0, LONGEST_FAULT) + "…";
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .regularExpressionFactory(new LinearPattern())
                .locale(Locale.ENGLISH)
                .build();
        return SchemaRegistry.withDialect(
                Dialects.getDraft202012(),
                registry -> registry.schemaRegistryConfig(config).schemaCacheEnabled(false));
    }

    /** The schema of schemas is read once, with the first one that is checked. */
    private static final class Registry {
        static final Schema OF_SCHEMAS = registry().getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
    }
}
