package dev.lightning.providers.storage.azuretables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.storage.DurableEntityStoreContract;
import dev.lightning.providers.storage.EntityStore;
import dev.lightning.providers.storage.NewerFormatException;
import dev.lightning.providers.storage.Properties;
import dev.lightning.providers.storage.RowRange;
import dev.lightning.providers.storage.StorageUnavailableException;
import dev.lightning.providers.storage.Table;
import dev.lightning.providers.storage.Write;
import dev.lightning.providers.storage.Written;
import dev.lightning.providers.testing.Azurite;
import dev.lightning.providers.testing.FaultyProxy;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureTablesEntityStoreTest extends DurableEntityStoreContract {
    private static Azurite azurite;
    private String prefix;

    @BeforeAll
    static void start() {
        azurite = Azurite.start();
    }

    @AfterAll
    static void stop() {
        if (azurite != null) {
            azurite.close();
        }
    }

    @Override
    protected EntityStore emptyStore() {
        prefix = Azurite.newName();
        return sameData();
    }

    @Override
    protected EntityStore sameData() {
        return open(azurite.connection());
    }

    @Test
    void keeps_the_longest_keys_of_every_script_in_order() {
        List<String> keys = List.of("/", "z", "日", "\uFFFF", "😀").stream()
                .map(each -> each.repeat(255 / each.length()))
                .toList();

        keys.forEach(key -> store.write(Table.EVENTS, key, new Write.Insert(key, value("x"))));

        assertThat(store.partitions(Table.EVENTS, "", 10)).isEqualTo(keys);
        keys.forEach(key -> assertThat(store.get(Table.EVENTS, key, key)).isPresent());
    }

    /** A request of this size arrives in several parts, which end in the middle of a character now and then. */
    @Test
    void keeps_texts_of_every_script_whole() {
        List<String> texts = IntStream.range(0, 40)
                .mapToObj(more -> "ü".repeat(8_000 + 137 * more))
                .toList();

        IntStream.range(0, texts.size())
                .forEach(row -> store.write(Table.EVENTS, "p", new Write.Insert("r" + row, value(texts.get(row)))));

        for (int row = 0; row < texts.size(); row++) {
            assertThat(store.get(Table.EVENTS, "p", "r" + row).orElseThrow().properties())
                    .isEqualTo(value(texts.get(row)));
        }
    }

    @Test
    void partitions_are_found_without_reading_the_rows_between_them() {
        List<Write> rows = IntStream.range(0, 100)
                .<Write>mapToObj(row -> new Write.Put("r" + row, value("x")))
                .toList();
        List.of("a", "b").forEach(partition -> store.write(Table.EVENTS, partition, rows));
        try (FaultyProxy proxy = azurite.proxyOfTables();
                EntityStore through = open(azurite.connectionThrough(proxy))) {
            int before = proxy.requests();

            assertThat(through.partitions(Table.EVENTS, "", 10)).containsExactly("a", "b");

            assertThat(proxy.requests() - before).isEqualTo(3);
        }
    }

    @Test
    void reads_more_rows_than_azure_gives_at_once() {
        for (int batch = 0; batch < 11; batch++) {
            int first = 1000 + batch * 100;
            store.write(
                    Table.EVENTS,
                    "p",
                    IntStream.range(first, first + 100)
                            .<Write>mapToObj(row -> new Write.Put("" + row, value("x")))
                            .toList());
        }

        assertThat(store.scan(Table.EVENTS, "p", RowRange.prefix(""), 1050).entities())
                .hasSize(1050);
        assertThat(store.scan(Table.EVENTS, "p", RowRange.prefix(""), 1050).nextRow())
                .isEqualTo("2050");
    }

    @Test
    void a_row_that_is_too_large_is_refused_in_words() {
        assertThatThrownBy(() -> put("r", "x".repeat(1_100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "batch"})
    void an_answer_that_is_lost_after_the_work_was_done_is_no_conflict(String kind) {
        String seen = put("r", "before");
        try (FaultyProxy proxy = azurite.proxyOfTables();
                EntityStore through = open(azurite.connectionThrough(proxy))) {
            List<Write> more = kind.equals("batch") ? List.of(new Write.Put("other", value("x"))) : List.of();
            proxy.loseAnswerOfNext("POST");
            Written inserted =
                    through.write(Table.EVENTS, "p", with(new Write.Insert("inserted", value("ours")), more));
            proxy.loseAnswerOfNext(kind.equals("batch") ? "POST" : "PUT");
            Written updated = through.write(Table.EVENTS, "p", with(new Write.Update("r", value("ours"), seen), more));

            assertThat(etagOf(inserted)).isEqualTo(etagOf("inserted"));
            assertThat(etagOf(updated)).isEqualTo(etagOf("r"));
        }
    }

    @Test
    void a_conflict_after_a_lost_answer_is_still_one() {
        put("r", "theirs");
        try (FaultyProxy proxy = azurite.proxyOfTables();
                EntityStore through = open(azurite.connectionThrough(proxy))) {
            proxy.loseAnswerOfNext("POST");

            assertThat(through.write(Table.EVENTS, "p", new Write.Insert("r", value("ours"))))
                    .isEqualTo(new Written.Refused(0));
        }
        assertThat(text("r")).isEqualTo("theirs");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 500})
    void a_busy_service_is_asked_again_at_once_and_soon_left_to_the_caller(int status) {
        put("r", "value");
        try (FaultyProxy proxy = azurite.proxyOfTables();
                EntityStore through = open(azurite.connectionThrough(proxy))) {
            proxy.refuse(1, status, "1");
            assertThat(through.get(Table.EVENTS, "p", "r")).isPresent();

            proxy.refuse(1, status, "30");
            assertThatThrownBy(() -> through.get(Table.EVENTS, "p", "r"))
                    .isInstanceOf(StorageUnavailableException.class)
                    .hasMessage("The table service of lightning at 127.0.0.1 is busy or has an internal error.");

            proxy.refuse(0, status, "1");
            assertThat(through.get(Table.EVENTS, "p", "r")).isPresent();
        }
    }

    @Test
    void finds_the_service_again_by_itself_and_starts_before_it() {
        put("r", "before");
        azurite.stop();

        assertThatThrownBy(() -> text("r"))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("The table service of lightning at 127.0.0.1 cannot be reached.");
        try (EntityStore early = sameData()) {
            assertThatThrownBy(() -> early.write(Table.EVENTS, "p", new Write.Put("r", value("lost"))))
                    .isInstanceOf(StorageUnavailableException.class);

            azurite.resume();

            assertThat(early.get(Table.EVENTS, "p", "r")).isEqualTo(store.get(Table.EVENTS, "p", "r"));
            assertThat(text("r")).isEqualTo("before");
        }
    }

    @Test
    void an_inspection_says_whether_the_account_lets_us_in() {
        AzureAccount ours = AzureAccount.connected("STORAGE_CONNECTION", azurite.connection());
        AzureAccount wrong = AzureAccount.connected("STORAGE_CONNECTION", azurite.connection(Azurite.newKey()));

        assertThat(AzureTablesEntityStore.inspect(ours, new AzureCredentials())).isEmpty();
        assertThat(AzureTablesEntityStore.inspect(wrong, new AzureCredentials()).orElseThrow())
                .contains("refuses the key");
    }

    @Test
    void refuses_a_wrong_key_in_one_sentence_without_showing_it() {
        String wrong = Azurite.newKey();

        assertThatThrownBy(() -> open(azurite.connection(wrong)))
                .isInstanceOf(StorageUnavailableException.class)
                .hasMessage("The table service of lightning at 127.0.0.1 refuses the key or identity of this process.")
                .hasMessageNotContaining(wrong);
    }

    @Test
    void refuses_what_a_newer_release_wrote_in_one_line() {
        Properties later = Properties.format(1).put("version", 2L).build();
        store.write(Table.PROBES, "format", new Write.Put("format", later));

        assertThatThrownBy(this::sameData)
                .isInstanceOf(NewerFormatException.class)
                .hasMessage(
                        "The tables of lightning at 127.0.0.1 were written by a newer release (store format 2, this release"
                                + " knows 1): start that release, or set TABLE_PREFIX to other tables.");
    }

    private static List<Write> with(Write first, List<Write> more) {
        return Stream.concat(Stream.of(first), more.stream()).toList();
    }

    private static String etagOf(Written written) {
        return ((Written.Done) written).etags().getFirst();
    }

    private String etagOf(String row) {
        return store.get(Table.EVENTS, "p", row).orElseThrow().etag();
    }

    private EntityStore open(String connection) {
        return new AzureTablesEntityStore(
                AzureAccount.connected("STORAGE_CONNECTION", connection),
                new AzureTablesSettings(null, null, null, prefix),
                new AzureCredentials());
    }
}
