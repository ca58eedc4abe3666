package dev.lightning.api.events;

import dev.lightning.api.bodies.Instants;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.errors.Shown;
import dev.lightning.api.security.Caller;
import dev.lightning.workflows.events.Metadata;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes our event of a CloudEvent 1.0, whichever way its attributes and data came. Its owner is the caller, because
 * who somebody is never comes from a payload.
 */
final class CloudEventReader {
    /** The attributes that become fields of the event; all others are extensions. */
    private static final List<String> MAPPED =
            List.of("specversion", "id", "source", "type", "subject", "time", "datacontenttype");

    private final EventComposer composer;

    CloudEventReader(EventComposer composer) {
        this.composer = composer;
    }

    /**
     * Reads the event.
     *
     * @param attributes strings, booleans and integers by attribute name
     * @param data what its data becomes in the metadata, null when it could not be read
     * @param field the name of an attribute in findings
     * @return null when there are new findings
     */
    @Nullable
    Submission read(
            Map<String, Object> attributes,
            @Nullable Map<String, @Nullable Object> data,
            Caller caller,
            UnaryOperator<String> field,
            Findings findings) {
        int before = findings.errors().size();
        EnvelopeRules rules = new EnvelopeRules(findings);
        Attributes all = new Attributes(attributes, field, findings);
        String specversion = all.required("specversion");
        findings.require(specversion == null || specversion.equals("1.0"), field.apply("specversion"), "must be 1.0");
        String id = all.required("id");
        rules.name(field.apply("id"), id);
        String source = all.required("source");
        rules.name(field.apply("source"), source);
        findings.require(source == null || isUriReference(source), field.apply("source"), "must be a URI reference");
        String type = all.required("type");
        rules.type(field.apply("type"), type);
        String subject = all.text("subject");
        rules.name(field.apply("subject"), subject);
        rules.name(field.apply("datacontenttype"), all.text("datacontenttype"));
        Instant time = Instants.read(field.apply("time"), all.text("time"), findings);
        Metadata metadata = metadata(data, extensions(attributes, field, findings), field, findings);
        if (type != null && metadata != null) {
            composer.check(type, metadata, field.apply("data"), findings);
        }
        if (id == null
                || source == null
                || type == null
                || metadata == null
                || findings.errors().size() > before) {
            return null;
        }
        Said said = new Said(type, source, time, subject, metadata);
        Posted posted = composer.compose(
                caller, caller.owner(), said, field.apply("data"), EventIds.ofCloudEvent(source, id), null);
        return new Submission(posted, new Submission.CloudIdentity(source, id));
    }

    private static @Nullable Metadata metadata(
            @Nullable Map<String, @Nullable Object> data,
            Map<String, @Nullable Object> extensions,
            UnaryOperator<String> field,
            Findings findings) {
        if (data == null) {
            return null;
        }
        if (extensions.isEmpty()) {
            return Metadata.of(data);
        }
        if (data.containsKey("extensions")) {
            findings.add(field.apply("data") + ".extensions", "is taken by the event's extension attributes");
            return null;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(data);
        all.put("extensions", extensions);
        return Metadata.of(all);
    }

    private static Map<String, @Nullable Object> extensions(
            Map<String, Object> attributes, UnaryOperator<String> field, Findings findings) {
        Map<String, @Nullable Object> extensions = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            if (!MAPPED.contains(name)) {
                findings.require(
                        name.matches("[a-z0-9]{1,64}"),
                        field.apply(Shown.of(name)),
                        "is no attribute name: lower-case letters and digits only");
                String fault = value instanceof String text ? Texts.fault(text) : null;
                findings.require(fault == null, field.apply(Shown.of(name)), String.valueOf(fault));
                extensions.put(name, value);
            }
        });
        return extensions;
    }

    private static boolean isUriReference(String text) {
        try {
            return !new URI(text).toString().isEmpty();
        } catch (URISyntaxException notAUri) {
            return false;
        }
    }

    private record Attributes(Map<String, Object> values, UnaryOperator<String> field, Findings findings) {
        @Nullable
        String required(String name) {
            if (!values.containsKey(name)) {
                findings.add(field.apply(name), "is required");
                return null;
            }
            return text(name);
        }

        @Nullable
        String text(String name) {
            Object value = values.get(name);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            findings.add(field.apply(name), "must be a string");
            return null;
        }
    }
}
