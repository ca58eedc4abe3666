package dev.lightning.api.tools;

import dev.lightning.api.errors.FieldError;
import dev.lightning.api.errors.Findings;
import dev.lightning.providers.storage.rows.ToolDefinition;
import dev.lightning.providers.storage.rows.ToolDefinition.Kind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a definition from a YAML file, by the rules that hold for the API. */
final class ToolFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_CHARACTERS = 256 * 1024;

    private final DefinitionReader reader;

    ToolFile(DefinitionReader reader) {
        this.reader = reader;
    }

    /** What a file says: a definition, or everything that is wrong with it in one line. */
    sealed interface Content {
        record Right(ToolDefinition definition) implements Content {}

        record Wrong(String problems) implements Content {}
    }

    static boolean isOne(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && Files.isRegularFile(path);
    }

    Content read(Path file) throws IOException {
        try {
            if (Files.size(file) > MOST_CHARACTERS) {
                return new Content.Wrong("the file is larger than " + MOST_CHARACTERS + " bytes");
            }
            return read(tree(Files.readString(file)));
        } catch (MarkedYAMLException notYaml) {
            return new Content.Wrong("is not YAML: line "
                    + (notYaml.getProblemMark().getLine() + 1) + ", column "
                    + (notYaml.getProblemMark().getColumn() + 1) + ": " + notYaml.getProblem());
        } catch (YAMLException | JacksonException | CharacterCodingException notYaml) {
            return new Content.Wrong("is not one YAML document in UTF-8");
        }
    }

    private Content read(JsonNode tree) {
        if (!tree.isObject()) {
            return new Content.Wrong("must be one mapping from fields to values");
        }
        Findings findings = new Findings();
        ToolDefinition definition = reader.read(tree, Kind.TOOL, null, findings);
        return findings.isEmpty()
                ? new Content.Right(definition)
                : new Content.Wrong(
                        findings.errors().stream().map(ToolFile::inWords).collect(Collectors.joining("; ")));
    }

    private static String inWords(FieldError error) {
        return error.field() + " " + error.message();
    }

    /** Plain values only, no name twice, and no alias that grows. */
    private static JsonNode tree(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(MOST_CHARACTERS);
        Object loaded = new Yaml(new SafeConstructor(options)).load(text);
        return JSON.valueToTree(loaded);
    }
}
