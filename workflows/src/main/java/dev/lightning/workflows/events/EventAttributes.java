package dev.lightning.workflows.events;

import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.util.List;

/** The search attributes of an event's workflow. They are stored unencrypted, so they hold opaque ids and names only. */
public final class EventAttributes {
    public static final SearchAttributeKey<String> TYPE = SearchAttributeKey.forKeyword("LxEventType");
    public static final SearchAttributeKey<String> USER = SearchAttributeKey.forKeyword("LxUser");
    public static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("LxStatus");

    /** All of them, for the server's set-up. */
    public static final List<SearchAttributeKey<String>> ALL = List.of(TYPE, USER, STATUS);

    private EventAttributes() {}

    /** What a workflow of this event starts with. */
    public static SearchAttributes atStart(Event event, EventStatus status) {
        return SearchAttributes.newBuilder()
                .set(TYPE, event.type())
                .set(USER, event.owner().key())
                .set(STATUS, status.name())
                .build();
    }
}
