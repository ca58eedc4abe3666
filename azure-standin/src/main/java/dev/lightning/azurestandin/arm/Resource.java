package dev.lightning.azurestandin.arm;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One thing that exists in the stand-in, with all that its user has said about it, secrets included. */
public final class Resource {
    private final String id;
    private final String type;
    private final String name;
    private final String group;
    private final Instant createdAt = Instant.now();
    private final ReentrantLock work = new ReentrantLock();
    private volatile ObjectNode body;
    private volatile ProvisioningState state = ProvisioningState.CREATING;
    private volatile @Nullable ArmException failure;

    Resource(String id, String type, String name, String group, ObjectNode body) {
        this.id = id;
        this.type = type;
        this.name = name;
        this.group = group;
        this.body = body;
    }

    /** Held by who makes or removes what it really is, one at a time. */
    ReentrantLock work() {
        return work;
    }

    /** Its whole path. */
    public String id() {
        return id;
    }

    /** As {@code Microsoft.ContainerInstance/containerGroups}. */
    public String type() {
        return type;
    }

    /** The last segment of its path. */
    public String name() {
        return name;
    }

    /** The resource group. */
    public String group() {
        return group;
    }

    /** When it was asked for. */
    public Instant createdAt() {
        return createdAt;
    }

    /** What its user asked for; nobody changes it but by {@link #replace}. */
    public ObjectNode body() {
        return body;
    }

    /** The part of it that differs from type to type. */
    public ObjectNode properties() {
        return Json.child(body, "properties");
    }

    /** Takes over what its user has asked for since. */
    public void replace(ObjectNode wanted) {
        body = wanted;
    }

    /** Where it is in its life. */
    public ProvisioningState state() {
        return state;
    }

    /** Why its creation or change failed, if it did. */
    public @Nullable ArmException failure() {
        return failure;
    }

    synchronized void enter(ProvisioningState next, @Nullable ArmException why) {
        state = next;
        failure = why;
    }

    /** What the end of some work makes of it, unless it is going away meanwhile, which no other work ends. */
    synchronized void settle(ProvisioningState next, @Nullable ArmException why) {
        if (state != ProvisioningState.DELETING) {
            enter(next, why);
        }
    }

    /** The address in Azure's map, as its user spelled it. */
    public String location() {
        return Json.text(body, "location");
    }

    /** What its user has written on it. */
    public Map<String, String> tags() {
        Map<String, String> tags = new java.util.TreeMap<>();
        body.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asString("")));
        return tags;
    }
}
