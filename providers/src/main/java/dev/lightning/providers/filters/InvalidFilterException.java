package dev.lightning.providers.filters;

import java.util.List;
import java.util.stream.Collectors;

/** The expression is no filter; the message names every fault with its place. */
public final class InvalidFilterException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<FilterFault> faults;

    public InvalidFilterException(List<FilterFault> faults) {
        super(faults.stream().map(FilterFault::inWords).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    public List<FilterFault> faults() {
        return faults;
    }
}
