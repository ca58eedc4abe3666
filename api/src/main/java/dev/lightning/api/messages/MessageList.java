package dev.lightning.api.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of messages, newest first.
 *
 * @param nextPageToken what asks for the next page, absent on the last; a filtered page may be short or empty before it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageList(List<MessageView> messages, @Nullable String nextPageToken) {}
