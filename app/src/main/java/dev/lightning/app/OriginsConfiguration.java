package dev.lightning.app;

import dev.lightning.api.security.Loopback;
import dev.lightning.app.origins.ToolOrigins;
import dev.lightning.app.settings.ProcessSettings;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Closes the ports of this process to the tools that it runs. */
@Configuration(proxyBeanMethods = false)
class OriginsConfiguration {
    /** What listens on the loopback only is out of their reach already. */
    @Bean
    ToolOrigins toolOrigins(ProcessSettings process, ObjectProvider<ToolRunsConfiguration.Runtimes> runtimes) {
        ToolRunsConfiguration.Runtimes there = Loopback.is(process.bindAddress()) ? null : runtimes.getIfAvailable();
        return new ToolOrigins(() -> there == null
                ? List.of()
                : there.all().stream()
                        .flatMap(runtime -> runtime.origins().stream())
                        .toList());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> apiIsNotForTools(ToolOrigins origins) {
        return origins.shutOut();
    }
}
