package dev.lightning.providers.runtime.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import dev.lightning.providers.azure.AzureAccount;
import dev.lightning.providers.azure.AzureCredentials;
import dev.lightning.providers.runtime.KnownRun;
import dev.lightning.providers.runtime.RuntimeUnavailableException;
import dev.lightning.providers.testing.Azurite;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What two processes, or two runtimes, that know of the same runs may do to each other. */
class RunBlobsTest {
    private static final String NAME = "run-1";

    private static Azurite storage;

    private final RunBlobs blobs = new RunBlobs(
            AzureAccount.connected("STORAGE_CONNECTION", storage.connection()),
            new AzureCredentials(),
            Azurite.newName(),
            "ours",
            Clock.systemUTC());

    @BeforeAll
    static void start() {
        storage = Azurite.start();
    }

    @AfterAll
    static void stop() {
        if (storage != null) {
            storage.close();
        }
    }

    @Test
    void a_run_is_the_one_runtimes_that_orders_it() {
        blobs.order("a-group", order("aci"));
        blobs.order("a-machine", order("vm").on("shared", null));

        assertThat(blobs.runs("aci")).extracting(KnownRun::name).containsExactly("a-group");
        assertThat(blobs.runs("vm")).extracting(KnownRun::name).containsExactly("a-machine");
    }

    @Test
    void what_does_not_say_whose_it_is_is_everybodys_to_remove() {
        blobs.order("half-removed", order("vm"));
        blobs.stop("half-removed");
        blobs.blob("half-removed", RunPart.ORDER).delete();
        blobs.blob("older", RunPart.ORDER).upload(BinaryData.fromString("""
                {"workflowId":"tool-run/1","createdAt":"2026-11-21T12:00:00Z","location":"here","size":"small",
                 "spot":false,"operation":null,"machine":null,"placement":null}"""));

        for (String runtime : new String[] {"aci", "vm"}) {
            assertThat(blobs.runs(runtime))
                    .extracting(KnownRun::name, KnownRun::workflowId)
                    .containsExactly(tuple("half-removed", ""), tuple("older", "tool-run/1"));
        }
    }

    @Test
    void what_is_brought_once_is_lent_for_hours_and_the_rest_as_long_as_the_run_may_last() {
        Instant now = Instant.now();

        RunLinks links = blobs.links(NAME, Duration.ofDays(7));

        for (String once : new String[] {"INPUT", "WORKSPACE"}) {
            assertThat(end(links, once)).isBetween(now.plus(Duration.ofHours(1)), now.plus(Duration.ofHours(3)));
        }
        for (String always : new String[] {"STDOUT", "FILES", "END", "STOP"}) {
            assertThat(end(links, always)).isAfter(now.plus(Duration.ofDays(7)));
        }
        assertThat(links.until()).isAfter(now.plus(Duration.ofDays(7)));
    }

    @Test
    void who_was_too_slow_is_told_before_it_orders_and_changes_nothing() {
        RunOrder order = blobs.order(NAME, order("aci"));
        RunBlobs.Ordering slow = blobs.ordering(NAME);
        assertThatThrownBy(() -> blobs.ordering(NAME)).isInstanceOf(RuntimeUnavailableException.class);
        expire();

        try (RunBlobs.Ordering quick = blobs.ordering(NAME)) {
            assertThatThrownBy(() -> slow.record(order.at("nowhere", "small", Instant.EPOCH)))
                    .isInstanceOf(RuntimeUnavailableException.class);
            slow.close();
            quick.record(order.at("there", "small", Instant.EPOCH));
        }

        assertThat(blobs.order(NAME).orElseThrow().location()).isEqualTo("there");
        blobs.ordering(NAME).close();
    }

    @Test
    void one_request_has_room_in_the_time_in_which_nobody_else_orders() {
        assertThat(OrderLease.LENGTH).isGreaterThan(ArmCalls.LONGEST.plusSeconds(10));
    }

    @Test
    void while_there_is_doubt_about_a_request_nobody_orders_and_is_told_until_when() {
        RunOrder order = blobs.order(NAME, order("aci"));
        Instant asked = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(20);
        try (RunBlobs.Ordering unheard = blobs.ordering(NAME)) {
            unheard.record(order.at("here", "small", asked));
            unheard.doubt();
        }

        assertThatThrownBy(() -> blobs.ordering(NAME))
                .isInstanceOfSatisfying(
                        RuntimeUnavailableException.class,
                        away -> assertThat(away.retryAfter().orElseThrow().multipliedBy(11))
                                .isGreaterThan(OrderLease.LENGTH))
                .hasMessageContaining("unanswered")
                .hasMessageEndingWith("before about " + asked.plus(OrderLease.LENGTH));
        blobs.remove(NAME);
        assertThat(blobs.order(NAME)).isEmpty();
    }

    /** As if the time were over. */
    private void expire() {
        new BlobLeaseClientBuilder()
                .blobClient(blobs.blob(NAME, RunPart.ORDER))
                .buildClient()
                .breakLeaseWithResponse(0, null, Duration.ofSeconds(5), Context.NONE);
    }

    private static Instant end(RunLinks links, String part) {
        String link = links.environment().get("LIGHTNING_LINK_" + part);
        String end = Pattern.compile("[?&]se=([^&]+)")
                .matcher(link)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return Instant.parse(URLDecoder.decode(end, StandardCharsets.UTF_8));
    }

    private static RunOrder order(String runtime) {
        return new RunOrder("tool-run/1", Instant.parse("2026-11-21T12:00:00Z"), "here", "small", false, runtime);
    }
}
