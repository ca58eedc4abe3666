package dev.lightning.bench.compare;

import dev.lightning.bench.bare.BareStyle;
import dev.lightning.bench.load.Client;
import dev.lightning.bench.machine.Launched;
import io.temporal.serviceclient.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts each program for its turn, with a fresh server and an empty store, so that no turn inherits from another. */
final class Stands {
    private static final Pattern API = Pattern.compile("API  +(http://\\S+)/api\\R");
    private static final Pattern TEMPORAL = Pattern.compile("Temporal  +(\\S+)\\R");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^address=(\\S+)$");
    private static final Pattern DATABASE = Pattern.compile("(?m)^database=(\\S+)$");
    private static final Pattern POSTGRES = Pattern.compile("(?m)^postgres=(\\S+)$");
    private static final Pattern FOLDER = Pattern.compile("(?m)^folder=(\\S+)$");

    private final Site site;
    private final Options options;
    private final String model;
    private final String receiver;
    private @Nullable EmbeddedServer embedded;
    private final Map<String, String> versions = new LinkedHashMap<>();
    private int turn;

    /** Takes the model's base URL and where notifications go. */
    Stands(Site site, Options options, String model, String receiver) {
        this.site = site;
        this.options = options;
        this.model = model;
        this.receiver = receiver;
        versions.put("Lightning", System.getProperty("bench.revision", "unknown"));
        versions.put("Temporal SDK", Version.LIBRARY_VERSION);
    }

    /** Of what took part, as far as it has been started. */
    Map<String, String> versions() {
        return versions;
    }

    Stand start(ServerKind server, Contender program) throws IOException, InterruptedException {
        turn++;
        Path folder = Files.createDirectories(site.work().resolve("turn-" + turn));
        List<Launched> started = new ArrayList<>();
        try {
            BareStyle style = program.style;
            Stand stand = switch (server) {
                case EMBEDDED ->
                    style == null ? productWithItsServer(folder, started) : bareBesideIt(style, folder, started);
                case POSTGRES -> onPostgres(style, folder, started);
            };
            if (!versions.containsKey(server.title)) {
                versions.put(server.title, Histories.serverVersion(stand.temporal()));
            }
            return stand;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            started.reversed().forEach(Launched::close);
            throw failed;
        }
    }

    private Stand productWithItsServer(Path folder, List<Launched> started) throws IOException, InterruptedException {
        return product(folder, Map.of(), List.of(folder.resolve("home")), started);
    }

    private Stand bareBesideIt(BareStyle style, Path folder, List<Launched> started)
            throws IOException, InterruptedException {
        Path store = Files.createDirectories(folder.resolve("temporal"));
        int port = EmbeddedServer.freePort();
        started.add(embedded().start(port, store));
        return bare(style, "127.0.0.1:" + port, folder, List.of(store), started);
    }

    private Stand onPostgres(@Nullable BareStyle style, Path folder, List<Launched> started)
            throws IOException, InterruptedException {
        Launched server = site.temporalOnPostgres(folder.resolve("server.out"));
        started.add(server);
        String address = server.awaitLine(ADDRESS);
        Path store = Path.of(server.awaitLine(FOLDER));
        versions.putIfAbsent("PostgreSQL", server.awaitLine(POSTGRES));
        if (style != null) {
            return bare(style, address, folder, List.of(store), started);
        }
        Map<String, String> external = new TreeMap<>(Map.of("TEMPORAL_ADDRESS", address));
        if (!options.store().equals("sqlite")) {
            external.put("DATABASE_URL", server.awaitLine(DATABASE));
        }
        return product(folder, external, List.of(store, folder.resolve("home")), started);
    }

    /** With everything on that the product promises; only the user's rate is lifted. */
    private Stand product(Path folder, Map<String, String> external, List<Path> stores, List<Launched> started)
            throws IOException, InterruptedException {
        Map<String, String> environment = new TreeMap<>(external);
        environment.put("LIGHTNING_HOME", folder.resolve("home").toString());
        List.of("PORT", "METRICS_PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT")
                .forEach(name -> environment.put(name, "0"));
        environment.put("OPENAI_API_KEY", "bench");
        environment.put("OPENAI_BASE_URL", model);
        environment.put("NOTIFY_URL", receiver);
        environment.put("NOTIFY_SECRET", "a secret of the bench, long enough to sign with");
        environment.put("EVENTS_RATE_PER_SECOND", "100000");
        Launched product = site.product(environment, folder.resolve("product.out"));
        started.add(product);
        String url = product.awaitLine(API);
        return new Stand(Client.register(url), product.awaitLine(TEMPORAL), product, started, stores);
    }

    private Stand bare(BareStyle style, String temporal, Path folder, List<Path> stores, List<Launched> started)
            throws IOException, InterruptedException {
        Launched program = site.bare(List.of(style.name(), temporal, model, receiver), folder.resolve("bare.out"));
        started.add(program);
        Client client = Client.of("http://127.0.0.1:" + Site.port(program));
        return new Stand(client, temporal, program, started, stores);
    }

    /** How the embedded server was started, as far as one was needed; of files the names alone. */
    List<String> embeddedCommand() {
        return embedded == null
                ? List.of()
                : embedded.command().stream()
                        .map(word -> word.startsWith("/") ? word.substring(word.lastIndexOf('/') + 1) : word)
                        .toList();
    }

    private EmbeddedServer embedded() throws IOException, InterruptedException {
        if (embedded == null) {
            try (Stand product = start(ServerKind.EMBEDDED, Contender.PRODUCT)) {
                embedded = EmbeddedServer.of(product.program().pid());
            }
        }
        return embedded;
    }
}
