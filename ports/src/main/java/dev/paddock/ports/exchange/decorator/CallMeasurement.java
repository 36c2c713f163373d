package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The measurement of one call, from its start to its one outcome; later outcomes are ignored. Thread-safe. */
final class CallMeasurement {

    private static final String OK = "ok";
    private static final int FIRST_ERROR_STATUS = 300;

    private final String operation;
    private final MetricsPort metrics;
    private final Ticker ticker;
    private final long startNanos;
    private final AtomicBoolean firstFrameSeen = new AtomicBoolean();
    private final AtomicReference<@Nullable Duration> inFlightFor = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    CallMeasurement(Operation operation, MetricsPort metrics, Ticker ticker) {
        this.operation = operation.label();
        this.metrics = metrics;
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
        metrics.adjust(CallMetrics.IN_FLIGHT.with(), 1);
    }

    /** The first frame of a refusal is no first token: it comes at once and would flatter the figure. */
    void frameArrived(int status) {
        if (status < FIRST_ERROR_STATUS && firstFrameSeen.compareAndSet(false, true)) {
            metrics.duration(CallMetrics.TIME_TO_FIRST_CHUNK.with(operation), elapsed());
        }
    }

    /** The answer has been read, but its outcome is not known yet. */
    void read() {
        if (inFlightFor.compareAndSet(null, elapsed())) {
            metrics.adjust(CallMetrics.IN_FLIGHT.with(), -1);
        }
    }

    /** An answer with an error status is complete as an exchange; what it means is counted where it is understood. */
    void completed(int status) {
        if (status < FIRST_ERROR_STATUS) {
            end(OK);
        } else {
            failed(ErrorKind.ofStatus(status));
        }
    }

    /** The answer was closed before its end; a refusal need not be read to its end. */
    void cancelled(int status) {
        if (status >= FIRST_ERROR_STATUS) {
            completed(status);
        } else {
            failed(ErrorKind.CANCELLED);
        }
    }

    void failed(ErrorKind kind) {
        if (end(kind.label())) {
            metrics.count(CallMetrics.ERRORS.with(operation, kind.label()), 1);
        }
    }

    /** Ends the measurement of a call that a defect ended: it is no outcome of the server. */
    void abandoned() {
        if (ended.compareAndSet(false, true)) {
            read();
        }
    }

    private boolean end(String outcome) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        read();
        metrics.count(CallMetrics.REQUESTS.with(operation, outcome), 1);
        metrics.duration(CallMetrics.DURATION.with(operation), requireNonNull(inFlightFor.get(), "inFlightFor"));
        return true;
    }

    private Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - startNanos);
    }
}
