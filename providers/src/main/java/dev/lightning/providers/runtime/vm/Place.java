package dev.lightning.providers.runtime.vm;

import dev.lightning.providers.runtime.RunMachine;
import dev.lightning.providers.runtime.RunRejectedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a machine can be ordered as, and where. */
record Place(String size, String location, String subnet) {
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
}
