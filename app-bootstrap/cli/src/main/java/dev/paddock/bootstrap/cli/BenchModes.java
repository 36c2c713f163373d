package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.bench.Mode;
import java.util.List;

/** Which modes a benchmark measures. */
enum BenchModes {
    POOLED,
    UNPOOLED,
    BOTH;

    /** Returns the modes in the order in which they are measured. */
    List<Mode> modes() {
        return switch (this) {
            case POOLED -> List.of(Mode.POOLED);
            case UNPOOLED -> List.of(Mode.UNPOOLED);
            case BOTH -> List.of(Mode.POOLED, Mode.UNPOOLED);
        };
    }
}
