package dev.lightning.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingAliases;
import dev.lightning.app.settings.StorageChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;

/** The files by which others start azure mode say nothing that the product does not know, and enough for a start. */
class DeploymentFilesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern SETTING = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(# )?([A-Z][A-Z0-9_]*)=(.*)$");
    private static final List<String> PRODUCTS = List.of("lightning-api", "lightning-worker");

    @Test
    void the_example_names_only_settings_that_there_are() throws IOException {
        List<String> names = example().map(found -> found.group(2)).sorted().toList();

        assertThat(names).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(known()).containsAll(names);
    }

    @Test
    void the_compose_file_names_only_settings_and_services_that_there_are() throws IOException {
        Map<String, Map<String, Object>> services = services();

        assertThat(services)
                .containsOnlyKeys("azurite", "temporal", "azure-standin", "lightning-api", "lightning-worker");
        for (String product : PRODUCTS) {
            assertThat(known()).containsAll(environment(product).keySet());
            assertThat(services.keySet())
                    .containsAll((List<String>) services.get(product).get("depends_on"));
        }
        assertThat(environment("azure-standin"))
                .containsOnlyKeys("AZURE_STANDIN_PORT", "AZURE_STANDIN_MACHINE_IMAGE", "DOCKER_HOST");
        assertThat(Files.readString(ROOT.resolve("Dockerfile"))).contains(" AS azure-standin\n");
        assertThat(services.values())
                .allSatisfy(service -> assertThat(service.get("network_mode")).isEqualTo("host"));
    }

    @Test
    void what_the_compose_file_says_is_all_that_a_start_needs() throws IOException {
        for (String product : PRODUCTS) {
            Map<String, String> environment = new LinkedHashMap<>();
            example()
                    .filter(line -> line.group(1) == null)
                    .forEach(line -> environment.put(line.group(2), line.group(3)));
            environment.putAll(environment(product));

            assertThat(findings(environment)).as(product).isEmpty();
        }
    }

    @Test
    void what_the_example_says_is_all_that_a_start_needs() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        example().filter(line -> line.group(1) == null).forEach(line -> environment.put(line.group(2), line.group(3)));

        assertThat(findings(environment)).isEmpty();
    }

    private static List<String> findings(Map<String, String> environment) throws IOException {
        Map<String, String> settings = SettingAliases.resolve(environment).settings();
        assertThat(settings).containsEntry("LIGHTNING_MODE", "azure").containsKey("TEMPORAL_ADDRESS");
        ServiceType type =
                ServiceType.valueOf(settings.getOrDefault("SERVICE_TYPE", "all").toUpperCase(Locale.ROOT));
        List<String> findings = new ArrayList<>();
        StorageChoice storage = StorageChoice.of(Mode.AZURE, settings, findings);
        SettingsCheck.collect(SettingsCheckTest.binder(settings), type, storage, findings);
        ProcessSettings process = new ProcessSettings(Mode.AZURE, type, Path.of("home"), "127.0.0.1", 0, 0);
        SettingsCheck.collectRuntimes(SettingsCheckTest.binder(settings), process.isOwnMachine(), findings);
        return findings;
    }

    private static Stream<MatchResult> example() throws IOException {
        return EXAMPLE.matcher(Files.readString(ROOT.resolve(".env.azure.example")))
                .results();
    }

    private static Set<String> known() throws IOException {
        String settings = new ClassPathResource("application.yml").getContentAsString(StandardCharsets.UTF_8);
        Set<String> known = new TreeSet<>(List.of("LIGHTNING_STORAGE_PROVIDER", "LIGHTNING_BLOB_PROVIDER"));
        SETTING.matcher(settings).results().forEach(found -> known.add(found.group(1)));
        return known;
    }

    private static Map<String, String> environment(String service) throws IOException {
        return (Map<String, String>) services().get(service).get("environment");
    }

    private static Map<String, Map<String, Object>> services() throws IOException {
        Map<String, Map<String, Map<String, Object>>> file =
                new Yaml().load(Files.readString(ROOT.resolve("docker-compose.azure.yml")));
        return file.get("services");
    }
}
