package dev.lightning.providers.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a store promises on top when it outlives the process. */
public abstract class DurableEntityStoreContract extends EntityStoreContract {
    /** One more store on the same data. */
    protected abstract EntityStore sameData();

    @Test
    void what_was_written_is_there_after_close_and_reopen() {
        String etag = put("r", "value");
        store.close();

        store = sameData();

        assertThat(text("r")).isEqualTo("value");
        assertThat(store.write(Table.EVENTS, "p", new Write.Update("r", value("next"), etag))
                        .isDone())
                .isTrue();
    }

    @Test
    void what_was_written_is_there_for_another_process_at_once() {
        put("r", "value");

        try (EntityStore other = sameData()) {
            assertThat(other.get(Table.EVENTS, "p", "r")).isEqualTo(store.get(Table.EVENTS, "p", "r"));
            other.write(Table.EVENTS, "p", new Write.Put("r", value("theirs")));
        }

        assertThat(text("r")).isEqualTo("theirs");
    }

    @Test
    void a_batch_that_breaks_in_the_middle_leaves_nothing_and_blocks_nobody() {
        put("a", "before");
        Properties broken = Properties.of(Map.of("of no type that we know", 1.5));

        List<Write> batch = List.of(new Write.Put("a", value("after")), new Write.Put("b", broken));
        assertThatThrownBy(() -> store.write(Table.EVENTS, "p", batch)).isInstanceOf(IllegalArgumentException.class);

        assertThat(text("a")).isEqualTo("before");
        put("a", "next");
        try (EntityStore other = sameData()) {
            assertThat(other.write(Table.EVENTS, "p", new Write.Put("a", value("theirs")))
                            .isDone())
                    .isTrue();
        }
    }

    @Test
    void a_closed_store_says_that_it_is_unavailable() {
        store.close();

        assertThatThrownBy(() -> store.get(Table.EVENTS, "p", "r")).isInstanceOf(StorageUnavailableException.class);
        store.close();
    }
}
