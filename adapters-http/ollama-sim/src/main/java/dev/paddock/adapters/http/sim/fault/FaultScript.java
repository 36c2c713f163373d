package dev.paddock.adapters.http.sim.fault;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which requests meet which faults: the next {@code times} requests to a path get all the faults listed.
 *
 * <p>Write {@code FaultScript.on("/api/chat").times(2).then(Fault.busy())}. Immutable.
 *
 * @param path the exact path; null means any path
 * @param times for how many requests; at least one
 * @param faults what happens to each of them; empty means no fault, so that the first requests can succeed
 */
public record FaultScript(@Nullable String path, int times, List<Fault> faults) {
    public FaultScript {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1 but is " + times);
        }
        faults = List.copyOf(faults);
    }

    /** Starts a script for the next request to this path. */
    public static FaultScript on(String path) {
        return new FaultScript(requireNonNull(path, "path"), 1, List.of());
    }

    /** Starts a script for the next request, whatever its path. */
    public static FaultScript onAny() {
        return new FaultScript(null, 1, List.of());
    }

    /** The same script for this many requests. */
    public FaultScript times(int count) {
        return new FaultScript(path, count, faults);
    }

    /** The same script with these faults. */
    public FaultScript then(Fault... happenings) {
        return new FaultScript(path, times, List.of(happenings));
    }

    /** The same script with further faults. */
    public FaultScript and(List<Fault> more) {
        return new FaultScript(path, times, Stream.concat(faults.stream(), more.stream()).toList());
    }

    /** The first fault of this type. */
    public <T extends Fault> Optional<T> find(Class<T> type) {
        return faults.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The first fault of this type, if it strikes at this line. */
    public <T extends Fault.AtLine> Optional<T> at(int line, Class<T> type) {
        return find(type).filter(fault -> fault.afterLines() == line);
    }

    /** Whether the answer has this oddity. */
    public boolean has(Fault.Quirk quirk) {
        return faults.contains(quirk);
    }

    boolean matches(String requestPath) {
        return path == null || path.equals(requestPath);
    }
}
