package dev.lightning.app.origins;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Closes the port of the metrics, whose server Spring Boot makes in a context below that of the process. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(MetricsOriginsConfiguration.Below.class)
class MetricsOriginsConfiguration {
    /** Keeps it out of the context above, which finds it too. */
    static final class Below implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            return beans != null && beans.getParentBeanFactory() != null;
        }
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> metricsAreNotForTools(ToolOrigins origins) {
        return origins.shutOut();
    }
}
