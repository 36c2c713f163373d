package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The head of an answer. Any status is an answer: a 404 is told here, not thrown.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers the fields as the server sent them
 * @param framing how the body is divided into frames
 * @param provenance how the answer came about
 */
public record ExchangeHead(int status, Headers headers, Framing framing, Provenance provenance) {

    public ExchangeHead {
        requireNonNull(headers, "headers");
        requireNonNull(framing, "framing");
        requireNonNull(provenance, "provenance");
    }

    /** Tells whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /**
     * How an answer came about.
     *
     * @param backend the base URL of the server that answered
     * @param attempts how many attempts it took, 1 for the first
     * @param connectionReused whether the connection had served a request before
     * @param queued how long the attempt that was answered had waited for its turn to have a connection
     */
    public record Provenance(String backend, int attempts, boolean connectionReused, Duration queued) {

        public Provenance {
            requireNonNull(backend, "backend");
            requireNonNull(queued, "queued");
        }

        /** Creates the provenance of an answer to a call that did not have to wait. */
        public Provenance(String backend, int attempts, boolean connectionReused) {
            this(backend, attempts, connectionReused, Duration.ZERO);
        }

        /** Returns this provenance with the given number of attempts. */
        public Provenance withAttempts(int newAttempts) {
            return new Provenance(backend, newAttempts, connectionReused, queued);
        }
    }
}
