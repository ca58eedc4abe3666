package dev.lightning.providers.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the port promises, run against every adapter and against the fake, which is honest only because of this. */
public abstract class EntityStoreContract {
    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** In no order; each has broken a store somewhere. */
    private static final List<String> ODD_KEYS = List.of(
            "b",
            "a",
            "B",
            "a/b",
            "a b",
            "a%2Fb",
            "a%",
            "a_",
            "it's",
            "\"q\"",
            "a\\b",
            "a;--",
            "~",
            "ä",
            "a\u0308",
            "é",
            "日本",
            "\uE000",
            "\uFFFD",
            "\uFFFF",
            "😀",
            "𝒳",
            "\uDBFF\uDFFE",
            "a😀",
            "a\uFFFF",
            "a\uFFFFz",
            "%",
            "_",
            "'",
            "null",
            "0",
            "00",
            "-1",
            "x".repeat(255));

    protected EntityStore store;

    /** A store with nothing in it. */
    protected abstract EntityStore emptyStore();

    @BeforeEach
    final void open() {
        store = emptyStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    @Test
    void keeps_what_is_inserted_with_every_type_exact() {
        Properties properties = Properties.format(3)
                .put("text", "ü 'q' \"d\" \\ / \u0000 \n \u007F 😀 half:\uD83D")
                .put("empty", "")
                .put("least", Long.MIN_VALUE)
                .put("most", Long.MAX_VALUE)
                .put("yes", true)
                .put("no", false)
                .put("instant", Instant.parse("2026-11-21T10:20:30.123Z"))
                .put("old", Instant.parse("-0001-01-01T00:00:00Z"))
                .put("like an instant", "2026-11-21T10:20:30.123Z")
                .put("like a number", "12")
                .put("like json", "{\"instant\":1}")
                .build();

        Written written = store.write(Table.EVENTS, "p", new Write.Insert("r", properties));

        Entity read = store.get(Table.EVENTS, "p", "r").orElseThrow();
        assertThat(read.properties()).isEqualTo(properties);
        assertThat(read.properties().asMap()).isEqualTo(properties.asMap());
        assertThat(List.copyOf(read.properties().asMap().keySet()))
                .isEqualTo(List.copyOf(properties.asMap().keySet()));
        assertThat(written).isEqualTo(new Written.Done(List.of(read.etag())));
        assertThat(read.partition()).isEqualTo("p");
        assertThat(read.row()).isEqualTo("r");
    }

    @Test
    void keeps_a_large_string() {
        String large = "ä😀x".repeat(100_000);
        put("large", large);

        assertThat(text("large")).isEqualTo(large);
        assertThat(all().entities().getFirst().properties().text("value")).isEqualTo(large);
    }

    @Test
    void finds_nothing_where_nothing_was_written() {
        put("r", "value");

        assertThat(store.get(Table.EVENTS, "p", "other")).isEmpty();
        assertThat(store.get(Table.EVENTS, "other", "r")).isEmpty();
        assertThat(store.get(Table.USERS, "p", "r")).isEmpty();
        assertThat(store.scan(Table.USERS, "p", RowRange.prefix(""), 10).entities())
                .isEmpty();
    }

    @Test
    void refuses_to_insert_a_row_that_exists() {
        put("r", "first");

        assertThat(store.write(Table.EVENTS, "p", new Write.Insert("r", value("second"))))
                .isEqualTo(new Written.Refused(0));
        assertThat(text("r")).isEqualTo("first");
    }

    @Test
    void updates_only_what_was_seen() {
        String seen = put("r", "first");

        String next = etag(store.write(Table.EVENTS, "p", new Write.Update("r", value("second"), seen)));

        assertThat(next).isNotEqualTo(seen);
        assertThat(store.write(Table.EVENTS, "p", new Write.Update("r", value("third"), seen)))
                .isEqualTo(new Written.Refused(0));
        assertThat(store.write(Table.EVENTS, "p", new Write.Update("missing", value("x"), next)))
                .isEqualTo(new Written.Refused(0));
        assertThat(text("r")).isEqualTo("second");
        assertThat(store.get(Table.EVENTS, "p", "r").orElseThrow().etag()).isEqualTo(next);
        assertThat(store.get(Table.EVENTS, "p", "missing")).isEmpty();
    }

    @Test
    void an_equal_value_still_gets_a_new_etag() {
        String first = put("r", "same");
        String second = put("r", "same");

        assertThat(second).isNotEqualTo(first);
        assertThat(store.write(Table.EVENTS, "p", new Write.Update("r", value("x"), first)))
                .isEqualTo(new Written.Refused(0));
    }

    @Test
    void a_row_that_was_deleted_and_inserted_again_is_another_one() {
        String before = put("r", "same");
        store.write(Table.EVENTS, "p", new Write.Delete("r"));
        put("r", "same");

        assertThat(store.write(Table.EVENTS, "p", new Write.Update("r", value("x"), before)))
                .isEqualTo(new Written.Refused(0));
    }

    @Test
    void puts_over_whatever_is_there() {
        store.write(
                Table.EVENTS,
                "p",
                new Write.Put("r", Properties.format(1).put("gone", "x").build()));
        put("r", "second");

        assertThat(store.get(Table.EVENTS, "p", "r").orElseThrow().properties()).isEqualTo(value("second"));
    }

    @Test
    void deletes_and_does_not_mind_when_there_is_nothing() {
        put("r", "value");

        assertThat(store.write(Table.EVENTS, "p", new Write.Delete("r"))).isEqualTo(new Written.Done(List.of("")));
        assertThat(store.write(Table.EVENTS, "p", new Write.Delete("r"))).isEqualTo(new Written.Done(List.of("")));
        assertThat(store.get(Table.EVENTS, "p", "r")).isEmpty();
    }

    @Test
    void deletes_only_what_was_seen() {
        String before = put("r", "first");
        String seen = put("r", "second");

        assertThat(store.write(Table.EVENTS, "p", new Write.DeleteSeen("r", before)))
                .isEqualTo(new Written.Refused(0));
        assertThat(text("r")).isEqualTo("second");
        assertThat(store.write(Table.EVENTS, "p", new Write.DeleteSeen("r", seen)))
                .isEqualTo(new Written.Done(List.of("")));
        assertThat(store.get(Table.EVENTS, "p", "r")).isEmpty();
        assertThat(store.write(Table.EVENTS, "p", new Write.DeleteSeen("r", seen)))
                .isEqualTo(new Written.Refused(0));
    }

    @Test
    void deletes_nothing_in_a_batch_with_a_row_that_has_changed() {
        String before = put("changed", "first");
        put("changed", "second");
        put("other", "value");

        Written written = store.write(
                Table.EVENTS, "p", List.of(new Write.Delete("other"), new Write.DeleteSeen("changed", before)));

        assertThat(written).isEqualTo(new Written.Refused(1));
        assertThat(rows(all())).containsExactly("changed", "other");
    }

    @Test
    void writes_a_batch_as_a_whole() {
        String seen = put("updated", "old");
        put("deleted", "old");

        Written written = store.write(
                Table.EVENTS,
                "p",
                List.of(
                        new Write.Update("updated", value("new"), seen),
                        new Write.Delete("deleted"),
                        new Write.Insert("inserted", value("new")),
                        new Write.Put("a put", value("new"))));

        List<String> etags = ((Written.Done) written).etags();
        assertThat(etags).hasSize(4).doesNotHaveDuplicates();
        assertThat(etags.get(1)).isEmpty();
        assertThat(etags.get(0))
                .isEqualTo(store.get(Table.EVENTS, "p", "updated").orElseThrow().etag());
        assertThat(etags.get(2))
                .isEqualTo(
                        store.get(Table.EVENTS, "p", "inserted").orElseThrow().etag());
        assertThat(rows(all())).containsExactly("a put", "inserted", "updated");
    }

    @Test
    void writes_nothing_of_a_batch_with_a_change_that_does_not_fit() {
        String seen = put("b", "old");
        put("exists", "old");

        Written written = store.write(
                Table.EVENTS,
                "p",
                List.of(
                        new Write.Put("z", value("new")),
                        new Write.Update("b", value("new"), seen),
                        new Write.Insert("exists", value("new")),
                        new Write.Delete("b2")));

        assertThat(written).isEqualTo(new Written.Refused(2));
        assertThat(rows(all())).containsExactly("b", "exists");
        assertThat(text("b")).isEqualTo("old");
        assertThat(store.write(Table.EVENTS, "p", new Write.Update("b", value("new"), seen)))
                .isInstanceOf(Written.Done.class);
    }

    @Test
    void takes_an_empty_batch_and_one_of_a_hundred() {
        List<Write> hundred = IntStream.range(0, 100)
                .<Write>mapToObj(row -> new Write.Insert("row-" + row, value("x")))
                .toList();

        assertThat(store.write(Table.EVENTS, "p", List.of())).isEqualTo(new Written.Done(List.of()));
        assertThat(store.write(Table.EVENTS, "p", hundred).isDone()).isTrue();
        assertThat(all().entities()).hasSize(100);
    }

    @Test
    void refuses_a_batch_that_no_store_may_take() {
        List<Write> tooMany = IntStream.range(0, 101)
                .<Write>mapToObj(row -> new Write.Delete("row-" + row))
                .toList();
        List<Write> twice = List.of(new Write.Put("r", value("x")), new Write.Delete("r"));

        assertThatThrownBy(() -> store.write(Table.EVENTS, "p", tooMany)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.write(Table.EVENTS, "p", twice)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u007F", "half \uD83D", "\uDE00 half"})
    void refuses_to_write_what_is_no_key_and_finds_nothing_there(String key) {
        Write change = new Write.Put(key, value("x"));

        assertThatThrownBy(() -> store.write(Table.EVENTS, "p", change)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.write(Table.EVENTS, key, new Write.Delete("r")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.get(Table.EVENTS, "p", key)).isEmpty();
        assertThat(store.get(Table.EVENTS, key, "r")).isEmpty();
    }

    @Test
    void refuses_a_key_that_is_too_long() {
        Write change = new Write.Put("x".repeat(256), value("x"));

        assertThatThrownBy(() -> store.write(Table.EVENTS, "p", change)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keeps_odd_keys_apart_and_in_the_order_of_their_bytes() {
        ODD_KEYS.forEach(key -> put(key, key));

        assertThat(rows(all())).isEqualTo(ODD_KEYS.stream().sorted(BY_BYTES).toList());
        ODD_KEYS.forEach(key -> assertThat(text(key)).isEqualTo(key));
    }

    @Test
    void keeps_odd_partitions_apart_and_in_the_order_of_their_bytes() {
        ODD_KEYS.forEach(key -> store.write(Table.EVENTS, key, new Write.Put("r", value(key))));
        store.write(Table.EVENTS, "a", new Write.Put("second row", value("x")));
        store.write(Table.USERS, "user", new Write.Put("r", value("x")));
        List<String> ordered = ODD_KEYS.stream().sorted(BY_BYTES).toList();

        assertThat(store.partitions(Table.EVENTS, "", 1000)).isEqualTo(ordered);
        assertThat(store.partitions(Table.EVENTS, ordered.get(5), 3)).isEqualTo(ordered.subList(5, 8));
        assertThat(store.partitions(Table.EVENTS, ordered.get(5) + " ", 1)).isEqualTo(ordered.subList(6, 7));
        assertThat(store.partitions(Table.REPOS, "", 10)).isEmpty();
        ODD_KEYS.forEach(key -> assertThat(store.get(Table.EVENTS, key, "r")
                        .orElseThrow()
                        .properties()
                        .text("value"))
                .isEqualTo(key));
    }

    @Test
    void forgets_a_partition_whose_rows_are_deleted() {
        put("r", "x");
        store.write(Table.EVENTS, "p", new Write.Delete("r"));

        assertThat(store.partitions(Table.EVENTS, "", 10)).isEmpty();
    }

    @Test
    void a_prefix_finds_all_that_start_with_it_and_nothing_else() {
        List<String> inside = List.of("a/", "a/1", "a/~", "a/é", "a/\uFFFF", "a/😀", "a/😀z", "a/\uDBFF\uDFFE");
        List<String> outside = List.of("a", "a.", "a0", "b/", "A/1", "a\uFFFF", "a😀/");
        inside.forEach(key -> put(key, "x"));
        outside.forEach(key -> put(key, "x"));

        assertThat(rows(store.scan(Table.EVENTS, "p", RowRange.prefix("a/"), 100)))
                .isEqualTo(inside);
        assertThat(rows(store.scan(Table.EVENTS, "p", RowRange.prefix("a/😀"), 100)))
                .containsExactly("a/😀", "a/😀z");
        assertThat(rows(store.scan(Table.EVENTS, "p", RowRange.prefix("a%"), 100)))
                .isEmpty();
    }

    @Test
    void a_range_has_its_start_and_not_its_end() {
        List.of("a", "b", "c", "d").forEach(key -> put(key, "x"));

        assertThat(rows(store.scan(Table.EVENTS, "p", new RowRange("b", "d"), 100)))
                .containsExactly("b", "c");
        assertThat(rows(store.scan(Table.EVENTS, "p", new RowRange("d", "b"), 100)))
                .isEmpty();
    }

    @Test
    void pages_through_a_range_without_gap_or_repeat() {
        List<String> keys = ODD_KEYS.stream().sorted(BY_BYTES).toList();
        keys.forEach(key -> put(key, "x"));

        List<String> seen = new ArrayList<>();
        RowRange range = RowRange.prefix("");
        Page page = store.scan(Table.EVENTS, "p", range, 5);
        seen.addAll(rows(page));
        while (page.nextRow() != null) {
            assertThat(page.entities()).hasSize(5);
            page = store.scan(Table.EVENTS, "p", range.startingAt(page.nextRow()), 5);
            seen.addAll(rows(page));
        }

        assertThat(seen).isEqualTo(keys);
    }

    @Test
    void a_page_that_ends_with_the_range_names_no_next_row() {
        List.of("a", "b").forEach(key -> put(key, "x"));

        assertThat(store.scan(Table.EVENTS, "p", RowRange.prefix(""), 2).nextRow())
                .isNull();
        assertThat(store.scan(Table.EVENTS, "p", RowRange.prefix(""), 1).nextRow())
                .isEqualTo("b");
    }

    @Test
    void of_twenty_that_insert_the_same_row_one_wins() throws Exception {
        for (int round = 0; round < 5; round++) {
            String row = "row-" + round;

            List<Boolean> won = allAtOnce(
                    20,
                    number ->
                            () -> store.write(Table.EVENTS, "p", new Write.Insert(row, value(Integer.toString(number))))
                                    .isDone());

            assertThat(won).containsOnlyOnce(true);
            assertThat(text(row)).isEqualTo(Integer.toString(won.indexOf(true)));
        }
    }

    @Test
    void updates_at_the_same_time_lose_nothing() throws Exception {
        store.write(Table.EVENTS, "p", new Write.Insert("count", count(0)));

        allAtOnce(8, _ -> () -> {
            for (int added = 0; added < 10; added++) {
                addOne();
            }
            return true;
        });

        assertThat(store.get(Table.EVENTS, "p", "count")
                        .orElseThrow()
                        .properties()
                        .requireNumber("count"))
                .isEqualTo(80);
    }

    @Test
    void batches_at_the_same_time_never_mix() throws Exception {
        allAtOnce(8, number -> () -> {
            List<Write> changes = new ArrayList<>(List.of(
                    new Write.Put("a", value("" + number)),
                    new Write.Put("b", value("" + number)),
                    new Write.Put("c", value("" + number))));
            for (int turn = 0; turn < 10; turn++) {
                store.write(Table.EVENTS, "p", number % 2 == 0 ? changes : changes.reversed());
                List<String> values = all().entities().stream()
                        .map(entity -> entity.properties().requireText("value"))
                        .distinct()
                        .toList();
                assertThat(values).hasSize(1);
            }
            return true;
        });
    }

    private void addOne() {
        Written written;
        do {
            Entity seen = store.get(Table.EVENTS, "p", "count").orElseThrow();
            long next = seen.properties().requireNumber("count") + 1;
            written = store.write(Table.EVENTS, "p", new Write.Update("count", count(next), seen.etag()));
        } while (!written.isDone());
    }

    private interface Task<T> {
        Callable<T> of(int number);
    }

    private static <T> List<T> allAtOnce(int threads, Task<T> task) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, threads)
                    .mapToObj(number -> executor.submit(() -> {
                        start.await();
                        return task.of(number).call();
                    }))
                    .toList();
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        }
    }

    protected final String put(String row, String text) {
        return etag(store.write(Table.EVENTS, "p", new Write.Put(row, value(text))));
    }

    protected final String text(String row) {
        return store.get(Table.EVENTS, "p", row).orElseThrow().properties().requireText("value");
    }

    protected static Properties value(String text) {
        return Properties.format(1).put("value", text).build();
    }

    private static Properties count(long count) {
        return Properties.format(1).put("count", count).build();
    }

    private Page all() {
        return store.scan(Table.EVENTS, "p", RowRange.prefix(""), 1000);
    }

    private static List<String> rows(Page page) {
        return page.entities().stream().map(Entity::row).toList();
    }

    private static String etag(Written written) {
        return ((Written.Done) written).etags().getFirst();
    }
}
