package dev.lightning.azurestandin.compute;

import dev.lightning.azurestandin.arm.ArmException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What cloud-init would do on a machine's first boot, of which the stand-in knows user scripts and the {@code write_files}
 * and {@code runcmd} of a cloud-config.
 *
 * @param files by their absolute paths
 * @param script what is run after these are there
 */
record UserData(Map<String, byte[]> files, String script) {

    static UserData read(String customData) {
        byte[] bytes = Base64.getDecoder().decode(customData);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("#cloud-config")) {
            return cloudConfig(text);
        }
        return new UserData(Map.of(), text.startsWith("#!") ? text : "#!/bin/sh\n");
    }

    private static UserData cloudConfig(String text) {
        try {
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Map<?, ?> config = read instanceof Map<?, ?> map ? map : Map.of();
            Map<String, byte[]> files = new LinkedHashMap<>();
            StringBuilder script = new StringBuilder("#!/bin/sh\n");
            for (Object file : list(config.get("write_files"))) {
                write(file, files, script);
            }
            for (Object command : list(config.get("runcmd"))) {
                script.append(line(command)).append('\n');
            }
            return new UserData(files, script.toString());
        } catch (YAMLException e) {
            throw new ArmException(400, "InvalidParameter", "The stand-in cannot read this cloud-config.");
        }
    }

    private static void write(Object entry, Map<String, byte[]> files, StringBuilder script) {
        if (!(entry instanceof Map<?, ?> file)) {
            return;
        }
        String path = String.valueOf(file.get("path"));
        String content = String.valueOf(file.get("content"));
        String encoding = String.valueOf(file.get("encoding"));
        boolean base64 = encoding.equals("b64") || encoding.equals("base64");
        files.put(
                path, base64 ? Base64.getDecoder().decode(content.strip()) : content.getBytes(StandardCharsets.UTF_8));
        if (file.get("permissions") != null) {
            script.append("chmod ")
                    .append(file.get("permissions"))
                    .append(' ')
                    .append(quoted(path))
                    .append('\n');
        }
    }

    private static String line(Object command) {
        return command instanceof List<?> words
                ? words.stream().map(word -> quoted(String.valueOf(word))).collect(Collectors.joining(" "))
                : String.valueOf(command);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
