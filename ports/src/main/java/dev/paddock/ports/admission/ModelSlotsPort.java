package dev.paddock.ports.admission;

import org.jspecify.annotations.Nullable;

/** Knows how many calls a group of model servers answers at the same time. Implementations are thread-safe and never block. */
@FunctionalInterface
public interface ModelSlotsPort {

    /**
     * Returns how many calls to a model the servers that have it in memory answer at the same time, together; while none has it, how many
     * one of them would.
     *
     * @param model the name of the model, or null for calls to none
     * @param usual what a server answers at least for which no other number is set
     * @return 1 or more
     */
    int slots(@Nullable String model, int usual);
}
