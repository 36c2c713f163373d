package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.telemetry.AnswerFacts;
import dev.paddock.domain.telemetry.AnswerFactsReader;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The span of one call and its metrics. The span is made when the call leaves for a server, with the time of its start: only then it is known
 * that the answer is not one that was there already. Thread-safe.
 */
final class CallTrace extends EndableSpan {

    static final CallContext.Key<CallTrace> KEY = CallContext.Key.named("call trace");

    private static final double NANOS_PER_SECOND = 1e9;

    private final CallTelemetry telemetry;
    private final ExchangeRequest request;
    private final Context parent;
    private @Nullable Span span; // this and all below are guarded by the lock
    private @Nullable ExchangeHead head;
    private @Nullable AnswerFactsReader reader;
    private @Nullable Attributes streamAttributes;
    private long chunkAt; // 0 before the first one
    private int attempts;
    private boolean admissionSeen;

    CallTrace(CallTelemetry telemetry, ExchangeRequest request, Context parent) {
        super(telemetry.startClock());
        this.telemetry = telemetry;
        this.request = request;
        this.parent = parent;
    }

    /** The call leaves for a server. What it asks on its way, such as the vector of a question, is another operation. */
    void sent(Operation operation) {
        if (operation == request.operation()) {
            whileOpen(() -> {
                if (span == null) {
                    span = startInference();
                }
            });
        }
    }

    /** Returns the context that attempts belong to: that of the call, or that of its caller as long as the call has no span. */
    Context contextOfAttempts() {
        Context[] result = {parent};
        whileOpen(() -> {
            if (span != null) {
                result[0] = parent.with(span);
            }
        });
        return result[0];
    }

    /** The call was admitted. What it asks before it leaves for a server, such as the vector of a question, is another call in the queue. */
    void admitted(Duration waited) {
        whileOpen(() -> {
            if (span != null && !admissionSeen) {
                admissionSeen = true;
                span.addEvent(
                        TelemetryAttributes.ADMITTED,
                        Attributes.of(TelemetryAttributes.WAIT, waited.toNanos() / NANOS_PER_SECOND),
                        clock().now(),
                        TimeUnit.NANOSECONDS);
            }
        });
    }

    /** Counts an attempt, and returns how many there were before. */
    int countAttempt(Operation operation) {
        int[] before = {0};
        whileOpen(() -> before[0] = operation == request.operation() ? attempts++ : 0);
        return before[0];
    }

    @Override
    public void opened(ExchangeHead newHead) {
        whileOpen(() -> {
            head = newHead;
            String model = request.model();
            if (newHead.isSuccess() && model != null && !isReused(newHead)) {
                telemetry.models().answered(model);
            }
        });
    }

    @Override
    public void arrived(Frame frame, ExchangeHead newHead) {
        if (newHead.isSuccess() && isInference() && !isReused(newHead)) {
            whileOpen(() -> {
                if (reader == null) {
                    reader = telemetry.reader().answer(newHead.framing());
                }
                reader.accept(frame);
                if (frame.hasContent()) {
                    chunkArrived();
                }
            });
        }
    }

    private void chunkArrived() {
        long now = clock().now();
        if (chunkAt == 0) {
            double seconds = seconds(now - clock().start());
            if (span != null) {
                span.addEvent(TelemetryAttributes.FIRST_FRAME, Attributes.empty(), now, TimeUnit.NANOSECONDS);
            }
            if (isStream()) {
                streamAttributes = attributes(null, null).build();
                telemetry.metrics().firstChunk(seconds, streamAttributes);
                if (span != null) {
                    span.setAttribute(TelemetryAttributes.TIME_TO_FIRST_CHUNK, seconds);
                }
            }
        } else if (streamAttributes != null) {
            telemetry.metrics().nextChunk(seconds(now - chunkAt), streamAttributes);
        }
        chunkAt = now;
    }

    @Override
    void end(long at, @Nullable String error) {
        boolean isReused = head != null && isReused(head);
        boolean wasSent = span != null || (head != null && !isReused);
        Span ended = span != null ? span : wasSent ? startInference() : startReuse();
        AnswerFacts facts = reader == null ? AnswerFacts.NONE : reader.facts();
        if (error == null && facts.model() != null) {
            telemetry.models().answered(facts.model());
        }
        setProvenance(ended);
        setFacts(ended, facts, error);
        if (error != null) {
            ended.setAttribute(TelemetryAttributes.ERROR, error).setStatus(StatusCode.ERROR);
        }
        ended.end(at, TimeUnit.NANOSECONDS);
        if (isInference() && wasSent && !isReused) {
            Attributes attributes = attributes(facts.model(), error).build();
            telemetry.metrics().ended(request.operation(), seconds(at - clock().start()), facts.tokens(), attributes);
        }
    }

    private void setProvenance(Span ended) {
        if (head != null) {
            Provenance provenance = head.provenance();
            TelemetryAttributes.setServer(ended, telemetry.serverOf(head));
            ended.setAttribute(TelemetryAttributes.BACKEND, provenance.backend().value());
            ended.setAttribute(TelemetryAttributes.SOURCE, provenance.source().name().toLowerCase(Locale.ROOT));
        }
        if (attempts > 0) {
            ended.setAttribute(TelemetryAttributes.ATTEMPTS, (long) attempts);
        }
    }

    private void setFacts(Span ended, AnswerFacts facts, @Nullable String error) {
        TelemetryAttributes.setKnown(ended, TelemetryAttributes.RESPONSE_ID, facts.id());
        TelemetryAttributes.setKnown(ended, TelemetryAttributes.RESPONSE_MODEL, facts.model());
        TelemetryAttributes.setKnown(ended, TelemetryAttributes.INPUT_TOKENS, facts.tokens().input());
        TelemetryAttributes.setKnown(ended, TelemetryAttributes.OUTPUT_TOKENS, facts.tokens().output());
        TelemetryAttributes.setKnown(ended, TelemetryAttributes.CACHED_TOKENS, facts.tokens().cached());
        TelemetryAttributes.setKnown(ended, TelemetryAttributes.CACHE_WRITTEN_TOKENS, facts.tokens().cacheWritten());
        TelemetryAttributes.setKnown(ended, TelemetryAttributes.REASONING_TOKENS, facts.tokens().reasoning());
        boolean isBroken = error != null && reader != null && request.operation() != Operation.EMBED;
        List<String> reasons = facts.finishReasons().isEmpty() && isBroken ? List.of("error") : facts.finishReasons();
        if (!reasons.isEmpty()) {
            ended.setAttribute(TelemetryAttributes.FINISH_REASONS, reasons);
        }
    }

    /** Starts the span of a call to a model, with what a sampler may decide by. */
    private Span startInference() {
        if (!isInference()) {
            return builder(request.operation().label(), SpanKind.CLIENT)
                    .setAttribute(TelemetryAttributes.PADDOCK_OPERATION, request.operation().label())
                    .startSpan();
        }
        String model = request.model();
        SpanBuilder builder = builder(model == null ? operationName() : operationName() + " " + model, SpanKind.CLIENT)
                .setAttribute(TelemetryAttributes.OPERATION, operationName())
                .setAttribute(TelemetryAttributes.PROVIDER, telemetry.reader().provider(request));
        if (model != null) {
            builder.setAttribute(TelemetryAttributes.REQUEST_MODEL, model);
        }
        if (isStream()) {
            builder.setAttribute(TelemetryAttributes.REQUEST_STREAM, true);
        }
        Span started = builder.startSpan();
        if (started.isRecording()) {
            TelemetryAttributes.set(started, telemetry.reader().settings(request));
        }
        return started;
    }

    /** Starts the span of a call that did not leave for a server. */
    private Span startReuse() {
        return builder("reuse " + request.operation().label(), SpanKind.INTERNAL)
                .setAttribute(TelemetryAttributes.PADDOCK_OPERATION, request.operation().label())
                .startSpan();
    }

    private SpanBuilder builder(String name, SpanKind kind) {
        return telemetry.tracer().spanBuilder(name)
                .setParent(parent)
                .setSpanKind(kind)
                .setStartTimestamp(clock().start(), TimeUnit.NANOSECONDS);
    }

    /** Returns the attributes of metrics, each of which has few values. */
    private AttributesBuilder attributes(@Nullable String responseModel, @Nullable String error) {
        AttributesBuilder attributes = Attributes.builder()
                .put(TelemetryAttributes.OPERATION, operationName())
                .put(TelemetryAttributes.PROVIDER, telemetry.reader().provider(request));
        String model = request.model();
        if (model != null) {
            attributes.put(TelemetryAttributes.REQUEST_MODEL, telemetry.models().of(model));
        }
        if (responseModel != null) {
            attributes.put(TelemetryAttributes.RESPONSE_MODEL, telemetry.models().of(responseModel));
        }
        if (error != null) {
            attributes.put(TelemetryAttributes.ERROR, error);
        }
        TelemetryAttributes.addServer(attributes, telemetry.serverOf(head));
        return attributes;
    }

    /** Vectors never come piece by piece, whatever a request says. */
    private boolean isStream() {
        return request.isStream() && request.operation().operationClass() == OperationClass.GENERATE;
    }

    private boolean isInference() {
        return request.operation().operationClass().runsModel();
    }

    private String operationName() {
        return switch (request.operation()) {
            case EMBED -> "embeddings";
            case GENERATE -> "text_completion";
            default -> "chat";
        };
    }

    private static boolean isReused(ExchangeHead head) {
        Provenance.Source source = head.provenance().source();
        return source == Provenance.Source.CACHE || source == Provenance.Source.COALESCED;
    }

    private static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }
}
