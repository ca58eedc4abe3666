package dev.lightning.workflows.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIdTest {
    @Test
    void whatever_an_event_causes_leads_back_to_it() {
        for (String root : new String[] {"ch10", "a~b", "x~1y", "morning-2026-11-21T08:00:00Z", "~1"}) {
            EventId id = new EventId(root);

            assertThat(id.root()).isEqualTo(id);
            assertThat(id.emitted(3).root()).isEqualTo(id);
            assertThat(id.call(1, 2).root()).isEqualTo(id);
            assertThat(id.emitted(12).call(1, 2).root()).isEqualTo(id);
        }
    }
}
