package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an answer came about.
 *
 * @param source where it was taken from
 * @param backend the server that answered, or whose answer was used again
 * @param attempts how many attempts it took, 1 for the first
 * @param connectionReused whether the connection had served a request before
 * @param queuedForConnection how long the attempt that was answered waited for its turn to have a connection
 * @param queuedForAdmission how long the call waited until it was admitted; null when it needed no admission
 */
public record Provenance(
        Source source,
        BackendId backend,
        int attempts,
        boolean connectionReused,
        Duration queuedForConnection,
        @Nullable Duration queuedForAdmission) {

    /** Where an answer was taken from. */
    public enum Source {
        /** A server answered this request. */
        BACKEND,
        /** A stored answer to an equal request. */
        CACHE,
        /** The answer to an equal request that was in progress. */
        COALESCED,
        /** A part of the answer to a request that was made for several callers. */
        BATCHED
    }

    public Provenance {
        requireNonNull(source, "source");
        requireNonNull(backend, "backend");
        requireNonNull(queuedForConnection, "queuedForConnection");
    }

    /** Creates the provenance of an answer by a server to a call that did not have to wait, and needed no admission. */
    public static Provenance of(BackendId backend, int attempts, boolean connectionReused) {
        return new Provenance(Source.BACKEND, backend, attempts, connectionReused, Duration.ZERO, null);
    }

    /** Returns this provenance with the given source. */
    public Provenance withSource(Source newSource) {
        return new Provenance(newSource, backend, attempts, connectionReused, queuedForConnection, queuedForAdmission);
    }

    /** Returns this provenance with the given number of attempts. */
    public Provenance withAttempts(int newAttempts) {
        return new Provenance(source, backend, newAttempts, connectionReused, queuedForConnection, queuedForAdmission);
    }

    /** Returns this provenance with the given wait for a connection. */
    public Provenance withQueuedForConnection(Duration waited) {
        return new Provenance(source, backend, attempts, connectionReused, waited, queuedForAdmission);
    }

    /** Returns this provenance with the given wait for admission. */
    public Provenance withQueuedForAdmission(Duration waited) {
        return new Provenance(source, backend, attempts, connectionReused, queuedForConnection, waited);
    }
}
