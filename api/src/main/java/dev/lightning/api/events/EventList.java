package dev.lightning.api.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightning.api.errors.Findings;
import dev.lightning.api.paging.PageRequest;
import dev.lightning.api.paging.PageTokens;
import dev.lightning.providers.storage.rows.EventPage;
import dev.lightning.providers.storage.rows.EventRow;
import dev.lightning.providers.storage.rows.EventRows;
import dev.lightning.workflows.events.EventStatus;
import dev.lightning.workflows.events.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists an owner's events, newest first, from the store alone. */
final class EventList {
    private final EventRows rows;
    private final PageTokens tokens;
    private final InstantSource clock;

    EventList(EventRows rows, PageTokens tokens, InstantSource clock) {
        this.rows = rows;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Which events to list; null shows all. */
    record Filter(
            @Nullable String type,
            @Nullable String status,
            @Nullable String source) {
        static final Set<String> NAMES = Set.of("type", "status", "source");

        String scope(Owner owner) {
            return "events\n" + owner.key() + "\n" + type + "\n" + status + "\n" + source;
        }

        Predicate<EventRow> at(Instant now) {
            return row -> fits(type, row.type())
                    && fits(status, Standings.status(row, now).name())
                    && fits(source, row.source());
        }

        private static boolean fits(@Nullable String wanted, String value) {
            return wanted == null || wanted.equals(value);
        }
    }

    /**
     * A page.
     *
     * @param nextPageToken asks for the next page; absent on the last
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EventPageView(
            List<EventSummary> events, @Nullable String nextPageToken) {}

    /** A page, or everything that is wrong with what was asked for, beside what was found before. */
    EventPageView page(Owner owner, Filter filter, PageRequest asked, Findings findings) {
        findings.require(
                filter.status() == null || isStatus(filter.status()),
                "status",
                "must be one of " + Arrays.toString(EventStatus.values()));
        findings.throwIfAny();
        Instant now = clock.instant();
        EventPage page =
                rows.list(owner.key(), filter.at(now), asked.firstRow(tokens, filter.scope(owner)), asked.size());
        return new EventPageView(
                page.rows().stream().map(row -> EventSummary.of(row, now)).toList(),
                tokens.issue(filter.scope(owner), page.nextRow()));
    }

    private static boolean isStatus(String text) {
        return Arrays.stream(EventStatus.values())
                .anyMatch(status -> status.name().equals(text));
    }
}
