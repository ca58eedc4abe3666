package dev.lightning.app;

import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.temporal.TemporalTarget;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Prints where everything is once the main job can be done, which the process finds out as a client would. */
final class ReadyBlock implements ApplicationListener<ApplicationEvent> {
    private static final Logger log = LoggerFactory.getLogger(ReadyBlock.class);
    /** Set by the launcher when it starts us only to learn which classes a start needs. */
    private static final String REHEARSAL = "lightning.rehearsal";

    private static final String API = "api";
    private static final String METRICS = "management";
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int TIMEOUT_MILLIS = 2_000;

    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        switch (event) {
            case WebServerInitializedEvent started -> {
                String namespace = started.getApplicationContext().getServerNamespace();
                ports.put(
                        METRICS.equals(namespace) ? METRICS : API,
                        started.getWebServer().getPort());
            }
            case ApplicationReadyEvent ready -> {
                ConfigurableApplicationContext context = ready.getApplicationContext();
                Thread.ofPlatform().daemon().name("ready").start(() -> tellWhenReady(context));
            }
            default -> {}
        }
    }

    private void tellWhenReady(ConfigurableApplicationContext context) {
        ProcessSettings process = context.getBean(ProcessSettings.class);
        TemporalTarget temporal = context.getBean(TemporalTarget.class);
        URI readiness = URI.create("http://%s:%d/readyz".formatted(process.reachableHost(), ports.get(API)));
        while (context.isActive() && !answersYes(readiness)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (context.isActive()) {
            print(process, temporal);
            SpringApplication.getShutdownHandlers().add(ReadyBlock::endWell);
        }
        if (Boolean.getBoolean(REHEARSAL)) {
            System.exit(0);
        }
    }

    private void print(ProcessSettings process, TemporalTarget temporal) {
        String api = "http://%s:%d".formatted(process.reachableHost(), ports.get(API));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "Lightning is ready (%.1f s)", secondsSinceStart()));
        if (process.serviceType().runsApi()) {
            lines.add("  API          " + api + "/api");
            lines.add("  API page     " + api + "/swagger-ui.html");
        } else {
            lines.add("  Health       " + api + "/health");
        }
        lines.add("  Temporal     " + temporal.address());
        if (temporal.uiAddress() != null) {
            lines.add("  Temporal UI  " + temporal.uiAddress());
        }
        lines.add("  Metrics      http://%s:%d/metrics".formatted(process.reachableHost(), ports.get(METRICS)));
        System.out.println(String.join(System.lineSeparator(), lines));
    }

    /** A signal is how people stop us: by now everything is finished or handed over, which is a success. */
    private static void endWell() {
        Runtime.getRuntime().halt(0);
    }

    private static boolean answersYes(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            boolean yes = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            connection.disconnect();
            return yes;
        } catch (IOException notYet) {
            log.debug("event=ready.not_yet", notYet);
            return false;
        }
    }

    /** Since the command was given, where the launcher says when that was. */
    private static double secondsSinceStart() {
        long started = Long.getLong(
                "lightning.started", ManagementFactory.getRuntimeMXBean().getStartTime());
        return (System.currentTimeMillis() - started) / 1_000.0;
    }
}
