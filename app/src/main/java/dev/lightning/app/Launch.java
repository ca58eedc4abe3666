package dev.lightning.app;

import dev.lightning.app.settings.SettingAliases;
import dev.lightning.app.settings.SettingsBinder;
import dev.lightning.app.settings.StartFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The way from a command line to a running process: settings first, then the home and Temporal, then Spring. */
final class Launch {
    private final Class<?>[] sources;

    private Launch(Class<?>[] sources) {
        this.sources = sources;
    }

    static Launch of(Class<?>... sources) {
        return new Launch(sources);
    }

    /** Returns when the process serves; ends it with one line on standard error when it cannot start. */
    void run(String[] arguments) {
        SettingAliases.Resolved resolved = resolveOrExit();
        SpringApplication application = new SpringApplication(sources);
        application.setEnvironment(environment(resolved));
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.addInitializers(new Foundation(resolved));
        application.addListeners(new ReadyBlock());
        try {
            application.run(arguments);
        } catch (RuntimeException reported) {
            System.exit(1);
        }
        resolved.warnings()
                .forEach(warning -> LoggerFactory.getLogger(Launch.class).warn("event=setting.alias {}", warning));
    }

    /** Nothing is to be started. */
    private static final class Nothing {}

    /**
     * What a command finds that takes the settings, bound and as they were given, and starts nothing.
     *
     * @param refused what it finds of settings that cannot even be read
     */
    static <T> T looking(
            Map<String, String> variables,
            BiFunction<SettingsBinder, SettingAliases.Resolved, T> command,
            Function<StartFailure, T> refused) {
        try {
            return looking(SettingAliases.resolve(variables), command);
        } catch (StartFailure failure) {
            return refused.apply(failure);
        }
    }

    private static <T> T looking(
            SettingAliases.Resolved resolved, BiFunction<SettingsBinder, SettingAliases.Resolved, T> command) {
        SpringApplication application = new SpringApplication(Nothing.class);
        application.setEnvironment(environment(resolved));
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        try (ConfigurableApplicationContext context = application.run()) {
            return command.apply(new SettingsBinder(context.getEnvironment()), resolved);
        }
    }

    /** Settings are read before Spring is there to report what is wrong with them. */
    private static SettingAliases.Resolved resolveOrExit() {
        try {
            return SettingAliases.resolve(System.getenv());
        } catch (StartFailure failure) {
            OneLineReporter.print(failure);
            System.exit(1);
            throw failure;
        }
    }

    private static StandardEnvironment environment(SettingAliases.Resolved resolved) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, new LinkedHashMap<>(resolved.settings())));
        if ("json".equals(resolved.settings().get("LIGHTNING_LOG_FORMAT"))) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("launch", Map.of("logging.structured.format.console", "ecs")));
        }
        return environment;
    }
}
