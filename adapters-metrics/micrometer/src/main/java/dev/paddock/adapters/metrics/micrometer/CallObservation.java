package dev.paddock.adapters.metrics.micrometer;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeObserver;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Provenance;
import io.micrometer.observation.Observation;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** The observation of one call, which stops with its first outcome. Thread-safe. */
final class CallObservation implements ExchangeObserver {

    static final String ERROR = "error.type";
    static final String NO_ERROR = "none";

    private static final Observation.Event FIRST_CHUNK = Observation.Event.of("gen_ai.first_chunk");

    private final Observation observation;
    private final AtomicBoolean firstFrameSeen = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    CallObservation(Observation observation) {
        this.observation = observation;
    }

    @Override
    public void opened(ExchangeHead head) {
        Provenance provenance = head.provenance();
        observation
                .highCardinalityKeyValue("paddock.backend", provenance.backend().value())
                .highCardinalityKeyValue("paddock.source", provenance.source().name().toLowerCase(Locale.ROOT))
                .highCardinalityKeyValue("paddock.attempts", Integer.toString(provenance.attempts()));
    }

    @Override
    public void arrived(Frame frame, ExchangeHead head) {
        if (head.isSuccess() && frame.hasContent() && firstFrameSeen.compareAndSet(false, true)) {
            observation.event(FIRST_CHUNK);
        }
    }

    @Override
    public void completed(AnswerVerdict verdict) {
        end(verdict == AnswerVerdict.OK ? NO_ERROR : verdict.label());
    }

    @Override
    public void cancelled(AnswerVerdict verdict) {
        end(verdict == AnswerVerdict.OK ? ErrorKind.CANCELLED.label() : verdict.label());
    }

    @Override
    public void failed(LlmException failure) {
        if (ended.compareAndSet(false, true)) {
            observation.error(failure);
            stop(failure.kind().label());
        }
    }

    @Override
    public void abandoned(Throwable defect) {
        if (ended.compareAndSet(false, true)) {
            observation.error(defect);
            stop(defect.getClass().getSimpleName());
        }
    }

    private void end(String error) {
        if (ended.compareAndSet(false, true)) {
            stop(error);
        }
    }

    private void stop(String error) {
        observation.lowCardinalityKeyValue(ERROR, error).stop();
    }
}
