package dev.lightning.app;

import dev.lightning.app.home.Home;
import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.Ports;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.ServiceType;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.settings.StorageChoice;
import dev.lightning.app.temporal.TemporalOwner;
import dev.lightning.app.temporal.TemporalSettings;
import dev.lightning.app.temporal.TemporalTarget;
import dev.lightning.workers.WorkerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What must be right before anything is built: settings, ports, the home. It also sets the owned Temporal server going, so
 * that it starts while Spring does.
 */
final class Foundation implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private final Map<String, String> variables;

    Foundation(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        SettingsBinder binder = new SettingsBinder(environment);
        ProcessSettings process = binder.bind("lightning", ProcessSettings.class);
        TemporalSettings temporal = binder.bind("lightning.temporal", TemporalSettings.class);
        WorkerSettings workers = binder.bind("lightning.workers", WorkerSettings.class);
        List<String> findings = new ArrayList<>();
        StorageChoice storage = StorageChoice.of(process.mode(), variables, findings);
        needInAzure(process, findings);
        Home home = home(process, temporal.isOwned(), environment);
        SettingsCheck.collect(binder, process.serviceType(), storage, findings);
        SettingsCheck.collectRuntimes(binder, process, findings);
        if (!findings.isEmpty()) {
            throw new StartFailure(String.join("\n", findings));
        }
        claimPorts(process);

        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton("home", home);
        beans.registerDisposableBean("home", home::close);
        beans.registerSingleton("processSettings", process);
        beans.registerSingleton("workerSettings", workers);
        beans.registerSingleton("storageChoice", storage);
        beans.registerSingleton("temporalTarget", target(temporal, home, beans));
    }

    /** Opened and, with a server of its own, held; its key signs tokens where no other is set. */
    private Home home(ProcessSettings process, boolean owned, ConfigurableEnvironment environment) {
        Home home = Home.open(process.home());
        if (owned) {
            home.lock();
        }
        if (!has("JWT_SIGNING_KEY") && process.serviceType().runsApi()) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("home", Map.of("JWT_SIGNING_KEY", home.signingKey())));
        }
        return home;
    }

    private static void claimPorts(ProcessSettings process) {
        Ports.requireAddress("BIND_ADDRESS", process.bindAddress());
        Ports.claim("PORT", process.bindAddress(), process.port());
        Ports.claim("METRICS_PORT", process.bindAddress(), process.metricsPort());
    }

    private TemporalTarget target(TemporalSettings temporal, Home home, DefaultListableBeanFactory beans) {
        if (temporal.address() != null) {
            return new TemporalTarget(temporal.address(), temporal.namespace(), temporal.uiAddress(), false);
        }
        TemporalOwner owner = TemporalOwner.start(temporal, home, variables, OneLineReporter::tell, Foundation::giveUp);
        beans.registerSingleton("temporalOwner", owner.lifecycle());
        return owner.target();
    }

    /** What azure mode cannot do without, besides a store; there is no silent fallback. */
    private void needInAzure(ProcessSettings process, List<String> findings) {
        if (process.mode() != Mode.AZURE) {
            return;
        }
        ServiceType type = process.serviceType();
        need(has("TEMPORAL_ADDRESS"), "TEMPORAL_ADDRESS", findings);
        need(!type.runsApi() || has("JWT_SIGNING_KEY") || isForeign(), "JWT_SIGNING_KEY", findings);
        need(
                !type.runsWorkers() || has("OPENAI_API_KEY") || has("OPENAI_BASE_URL"),
                "OPENAI_API_KEY or OPENAI_BASE_URL",
                findings);
    }

    /** All tokens come from another issuer, so that there is nothing to sign. */
    private boolean isForeign() {
        return (has("CLERK_JWT_ISSUER") || has("CLERK_JWKS_URL"))
                && !"true".equalsIgnoreCase(variables.get("AUTH_LOCAL_ENABLED"));
    }

    private boolean has(String name) {
        return variables.containsKey(name);
    }

    private static void need(boolean there, String what, List<String> findings) {
        if (!there) {
            findings.add("LIGHTNING_MODE=azure needs " + what);
        }
    }

    /**
     * The owned server's first start failed, which is known only after Spring has begun. The exit has a thread of its
     * own, because it waits for the caller's to end.
     */
    private static void giveUp(StartFailure failure) {
        OneLineReporter.print(failure);
        Thread.ofPlatform().name("give-up").start(() -> System.exit(1));
    }
}
