package dev.lightning.app;

import dev.lightning.app.home.Home;
import dev.lightning.app.settings.Mode;
import dev.lightning.app.settings.Ports;
import dev.lightning.app.settings.ProcessSettings;
import dev.lightning.app.settings.SettingAliases;
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
    private final SettingAliases.Resolved resolved;
    private final Map<String, String> variables;

    Foundation(SettingAliases.Resolved resolved) {
        this.resolved = resolved;
        this.variables = resolved.settings();
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        SettingsBinder binder = new SettingsBinder(environment);
        List<String> findings = SettingsCheck.findings(binder, resolved);
        if (!findings.isEmpty()) {
            throw new StartFailure(String.join("\n", findings));
        }
        ProcessSettings process = binder.bind("lightning", ProcessSettings.class);
        TemporalSettings temporal = binder.bind("lightning.temporal", TemporalSettings.class);
        WorkerSettings workers = binder.bind("lightning.workers", WorkerSettings.class);
        StorageChoice storage = StorageChoice.of(process.mode(), variables, new ArrayList<>());
        Home home = home(process, temporal.isOwned(), environment);

        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton("home", home);
        beans.registerDisposableBean("home", home::close);
        beans.registerSingleton("processSettings", process);
        beans.registerSingleton("workerSettings", workers);
        beans.registerSingleton("storageChoice", storage);
        beans.registerSingleton("temporalTarget", target(temporal, home, beans));
    }

    /**
     * Opened and, with a server of its own, held by one process, which is told before its ports are; without one nothing
     * is written before they are had. In local mode its key signs tokens where no other is set.
     */
    private Home home(ProcessSettings process, boolean owned, ConfigurableEnvironment environment) {
        if (!owned) {
            claimPorts(process);
        }
        Home home = Home.open(process.home());
        if (owned) {
            home.lock();
            claimPorts(process);
        }
        if (needsKey(process)) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("home", Map.of("JWT_SIGNING_KEY", home.signingKey())));
        }
        return home;
    }

    private boolean needsKey(ProcessSettings process) {
        return process.mode() == Mode.LOCAL
                && process.serviceType().runsApi()
                && !variables.containsKey("JWT_SIGNING_KEY");
    }

    private static void claimPorts(ProcessSettings process) {
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

    /**
     * The owned server's first start failed, which is known only after Spring has begun. The exit has a thread of its
     * own, because it waits for the caller's to end.
     */
    private static void giveUp(StartFailure failure) {
        OneLineReporter.print(failure);
        Thread.ofPlatform().name("give-up").start(() -> System.exit(1));
    }
}
