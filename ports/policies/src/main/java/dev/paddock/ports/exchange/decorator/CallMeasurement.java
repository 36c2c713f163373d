package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeObserver;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The measurement of one call, from its start to its one outcome; later outcomes are ignored. Thread-safe. */
final class CallMeasurement implements ExchangeObserver {

    private final String operation;
    private final MetricsPort metrics;
    private final Ticker ticker;
    private final long startNanos;
    private volatile boolean firstFrameSeen; // written by the one thread that delivers
    private final AtomicReference<@Nullable Duration> inFlightFor = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    CallMeasurement(Operation operation, MetricsPort metrics, Ticker ticker) {
        this.operation = operation.label();
        this.metrics = metrics;
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
        metrics.adjust(CallMetrics.IN_FLIGHT.with(), 1);
    }

    /** The first frame of an error is no first token: it comes at once and would make the figure look better than it is. */
    @Override
    public void arrived(Frame frame, ExchangeHead head) {
        if (!firstFrameSeen && head.isSuccess()) {
            firstFrameSeen = true;
            metrics.duration(CallMetrics.TIME_TO_FIRST_CHUNK.with(operation), elapsed());
        }
    }

    @Override
    public void read() {
        if (inFlightFor.compareAndSet(null, elapsed())) {
            metrics.adjust(CallMetrics.IN_FLIGHT.with(), -1);
        }
    }

    @Override
    public void completed(AnswerVerdict verdict) {
        if (verdict == AnswerVerdict.OK) {
            end(verdict.label());
        } else {
            failed(verdict.label());
        }
    }

    @Override
    public void cancelled(AnswerVerdict verdict) {
        if (verdict == AnswerVerdict.OK) {
            failed(ErrorKind.CANCELLED.label());
        } else {
            completed(verdict);
        }
    }

    @Override
    public void failed(LlmException failure) {
        failed(failure.kind().label());
    }

    private void failed(String label) {
        if (end(label)) {
            metrics.count(CallMetrics.ERRORS.with(operation, label), 1);
        }
    }

    /** A call that a defect ended is no longer in flight, and counts as nothing. */
    @Override
    public void abandoned(Throwable defect) {
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
