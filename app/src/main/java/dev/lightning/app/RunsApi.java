package dev.lightning.app;

import dev.lightning.app.settings.ServiceType;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds when this process is (also) the API. */
public final class RunsApi implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return context.getEnvironment()
                .getRequiredProperty("lightning.service-type", ServiceType.class)
                .runsApi();
    }
}
