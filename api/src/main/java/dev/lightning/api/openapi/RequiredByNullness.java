package dev.lightning.api.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Nullness;

/** Tells from a record's own null annotations which properties are always there, so that nobody has to say it twice. */
final class RequiredByNullness implements ModelConverter {
    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        JavaType java = Json.mapper().constructType(type.getType());
        if (resolved != null && java != null && java.getRawClass().isRecord()) {
            require(properties(java.getRawClass()), target(resolved, context));
        }
        return resolved;
    }

    private static void require(Stream<String> names, @Nullable Schema<?> schema) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        List<String> known = schema.getRequired() == null ? List.of() : schema.getRequired();
        names.filter(schema.getProperties()::containsKey)
                .filter(name -> !known.contains(name))
                .forEach(schema::addRequiredItem);
    }

    private static @Nullable Schema<?> target(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        return reference == null ? resolved : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
    }

    private static Stream<String> properties(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .filter(component -> Nullness.forMethodReturnType(component.getAccessor()) == Nullness.NON_NULL
                        || component.getType().isPrimitive())
                .map(RequiredByNullness::name);
    }

    private static String name(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }
}
