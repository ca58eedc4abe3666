package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunRejectedException;
import dev.lightning.providers.runtime.azure.ArmRefusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a machine can be ordered as, and where. */
record Place(String size, String location, String subnet) {
    private static final Logger log = LoggerFactory.getLogger(Place.class);

    /** Those that come into question, in the order in which an attempt tries them: each begins one further on. */
    static List<Place> all(VmRuntimeSettings settings, List<String> locations, RunMachine wanted, int attempt) {
        String named = wanted.size();
        if (named != null && settings.sizes().stream().noneMatch(named::equalsIgnoreCase)) {
            throw new RunRejectedException(
                    "The size " + named + " is none that may be bought here: " + String.join(", ", settings.sizes()),
                    null);
        }
        List<String> sizes = named == null ? settings.sizes() : List.of(named);
        List<Place> places = new ArrayList<>();
        for (int n = 0; n < Math.min(locations.size(), settings.subnets().size()); n++) {
            for (String size : sizes) {
                places.add(new Place(size, locations.get(n), settings.subnets().get(n)));
            }
        }
        Collections.rotate(places, -attempt);
        return places;
    }

    /** Orders at each in turn until one has room. */
    static void firstWithRoom(String run, List<Place> places, Consumer<Place> order) {
        for (Place place : places) {
            try {
                order.accept(place);
                return;
            } catch (ArmRefusal refusal) {
                if (!refusal.isBetterElsewhere() || place.equals(places.getLast())) {
                    throw refusal;
                }
                log.info("event=machine.elsewhere run={} reason=\"{}\"", run, refusal.getMessage());
            }
        }
    }
}
