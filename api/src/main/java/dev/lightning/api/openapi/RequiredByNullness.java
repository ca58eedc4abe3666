package dev.lightning.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Nullness;

/**
 * Tells from a record's own null annotations which properties are always there and which may be null, so that nobody has
 * to say it twice. What an answer leaves out when it has no value is never null.
 */
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
            complete(java.getRawClass(), target(resolved, context));
        }
        return resolved;
    }

    private static void complete(Class<?> type, @Nullable Schema<?> schema) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        boolean leftOut = type.isAnnotationPresent(JsonInclude.class);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            Schema<?> property = schema.getProperties().get(name);
            if (property != null && isAlwaysThere(component)) {
                require(name, schema);
            } else if (property != null && !leftOut && !isRequired(name, schema)) {
                allowNull(property);
            }
        }
    }

    private static void require(String name, Schema<?> schema) {
        if (!isRequired(name, schema)) {
            schema.addRequiredItem(name);
        }
    }

    private static boolean isRequired(String name, Schema<?> schema) {
        return schema.getRequired() != null && schema.getRequired().contains(name);
    }

    private static <T> void allowNull(Schema<T> property) {
        if (property.getTypes() != null && property.getTypes().add("null") && property.getEnum() != null) {
            List<@Nullable T> words = new ArrayList<>(property.getEnum());
            words.add(null);
            property.setEnum(words);
        }
    }

    private static boolean isAlwaysThere(RecordComponent component) {
        return component.getType().isPrimitive()
                || Nullness.forMethodReturnType(component.getAccessor()) == Nullness.NON_NULL;
    }

    private static @Nullable Schema<?> target(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        return reference == null ? resolved : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
    }

    private static String name(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }
}
