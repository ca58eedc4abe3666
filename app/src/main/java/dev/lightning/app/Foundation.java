package dev.lightning.app;

import dev.lightning.app.home.Home;
import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.Ports;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import dev.lightning.app.temporal.TemporalOwner;
import dev.lightning.app.temporal.TemporalSettings;
import dev.lightning.app.temporal.TemporalTarget;
import dev.lightning.workers.WorkerSettings;
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
    /** What azure mode cannot do without; there is no silent fallback. */
    private static final List<String> NEEDED_IN_AZURE = List.of("TEMPORAL_ADDRESS", "JWT_SIGNING_KEY");

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
        requireSecrets(process);
        Home home = Home.open(process.home());
        if (temporal.isOwned()) {
            home.lock();
        }
        Ports.requireAddress("BIND_ADDRESS", process.bindAddress());
        Ports.claim("PORT", process.bindAddress(), process.port());
        Ports.claim("METRICS_PORT", process.bindAddress(), process.metricsPort());
        if (!variables.containsKey("JWT_SIGNING_KEY") && process.serviceType().runsApi()) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("home", Map.of("JWT_SIGNING_KEY", home.signingKey())));
        }
        SettingsCheck.require(binder, process.serviceType(), variables.containsKey("DATABASE_URL"));

        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton("home", home);
        beans.registerDisposableBean("home", home::close);
        beans.registerSingleton("processSettings", process);
        beans.registerSingleton("workerSettings", workers);
        beans.registerSingleton("temporalTarget", target(temporal, home, beans));
    }

    private TemporalTarget target(TemporalSettings temporal, Home home, DefaultListableBeanFactory beans) {
        if (temporal.address() != null) {
            return new TemporalTarget(temporal.address(), temporal.namespace(), temporal.uiAddress(), false);
        }
        TemporalOwner owner = TemporalOwner.start(temporal, home, variables, OneLineReporter::tell, Foundation::giveUp);
        beans.registerSingleton("temporalOwner", owner.lifecycle());
        return owner.target();
    }

    private void requireSecrets(ProcessSettings process) {
        if (process.mode() != Mode.AZURE) {
            return;
        }
        NEEDED_IN_AZURE.forEach(name -> {
            if (!variables.containsKey(name)) {
                throw new StartFailure("LIGHTNING_MODE=azure needs " + name);
            }
        });
        if (!variables.containsKey("DATABASE_URL") && !variables.containsKey("STORAGE_CONNECTION")) {
            throw new StartFailure("LIGHTNING_MODE=azure needs DATABASE_URL or STORAGE_CONNECTION");
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
