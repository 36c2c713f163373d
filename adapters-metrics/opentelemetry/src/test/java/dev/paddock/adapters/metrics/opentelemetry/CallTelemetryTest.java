package dev.paddock.adapters.metrics.opentelemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.wire.telemetry.JsonInferenceReader;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallTelemetryTest {

    private static final BackendId GPU = new BackendId("gpu");
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final ExchangeRequest CHAT = ExchangeRequest.post(
                    Operation.CHAT, "/api/chat", "{\"model\":\"llama3.2\",\"options\":{\"temperature\":0.5},\"messages\":[\"secret\"]}".getBytes(UTF_8))
            .withModel("llama3.2");
    private static final String[] ANSWER = {
        "{\"model\":\"llama3.2\",\"message\":{\"content\":\"secret\"},\"done\":false}",
        "{\"model\":\"llama3.2\",\"message\":{\"content\":\"secret\"},\"done\":false}",
        "{\"model\":\"llama3.2\",\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":7}"
    };

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private OpenTelemetrySdk sdk = sdk(Sampler.alwaysOn());
    private final List<ExchangeRequest> sent = new ArrayList<>();
    private final List<CallContext> contexts = new ArrayList<>();

    @AfterEach
    void closeSdk() {
        sdk.close();
    }

    @Test
    void stream_complete_hasOneSpanOfTheCallAndOneOfItsAttempt() {
        readAll(chain(List.of(), answering(200, ANSWER)).open(CHAT.asStream(), CallContext.create()));

        SpanData call = span("chat llama3.2");
        SpanData attempt = span("POST /api/chat");
        assertThat(spans.getFinishedSpanItems()).hasSize(2);
        assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(call.getParentSpanContext().isValid()).isFalse();
        assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(call.getAttributes().asMap())
                .containsEntry(text("gen_ai.operation.name"), "chat")
                .containsEntry(text("gen_ai.provider.name"), "ollama")
                .containsEntry(text("gen_ai.request.model"), "llama3.2")
                .containsEntry(text("gen_ai.response.model"), "llama3.2")
                .containsEntry(AttributeKey.booleanKey("gen_ai.request.stream"), true)
                .containsEntry(AttributeKey.doubleKey("gen_ai.request.temperature"), 0.5)
                .containsEntry(AttributeKey.longKey("gen_ai.usage.input_tokens"), 11L)
                .containsEntry(AttributeKey.longKey("gen_ai.usage.output_tokens"), 7L)
                .containsEntry(AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of("stop"))
                .containsEntry(text("server.address"), "gpu.example")
                .containsEntry(AttributeKey.longKey("server.port"), 11434L)
                .containsKey(AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk"))
                .doesNotContainKey(text("error.type"));
        assertThat(attempt.getAttributes().asMap())
                .containsEntry(text("http.request.method"), "POST")
                .containsEntry(AttributeKey.longKey("http.response.status_code"), 200L)
                .containsEntry(text("url.full"), "http://gpu.example:11434/api/chat")
                .containsEntry(text("paddock.backend"), "gpu");
        assertThat(attempt.getEvents()).extracting("name").containsExactly("paddock.connection.leased", "paddock.first_frame");
        assertThat(call.getEvents()).extracting("name").containsExactly("paddock.first_frame");
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
    }

    @Test
    void stream_complete_isMeasured() {
        readAll(chain(List.of(), answering(200, ANSWER)).open(CHAT.asStream(), CallContext.create()));

        assertThat(points("gen_ai.client.operation.duration")).singleElement().satisfies(point -> {
            assertThat(point.getAttributes().get(text("gen_ai.request.model"))).isEqualTo("llama3.2");
            assertThat(point.getAttributes().get(text("server.address"))).isEqualTo("gpu.example");
            assertThat(((HistogramPointData) point).getBoundaries()).startsWith(0.01, 0.02).endsWith(81.92, 163.84, 327.68, 655.36);
        });
        assertThat(points("gen_ai.client.operation.time_to_first_chunk")).hasSize(1);
        assertThat(points("gen_ai.client.operation.time_per_output_chunk"))
                .singleElement()
                .satisfies(point -> assertThat(((HistogramPointData) point).getCount()).isEqualTo(2));
        assertThat(points("gen_ai.client.token.usage")).hasSize(2);
    }

    @Test
    void document_complete_hasNoTimeToFirstChunk() {
        Exchange answer = chain(List.of(), answering(200, Framing.DOCUMENT, "{\"model\":\"llama3.2\",", "\"done\":true,\"eval_count\":7}"))
                .open(CHAT, CallContext.create());
        readAll(answer);

        assertThat(span("chat llama3.2").getAttributes().get(AttributeKey.longKey("gen_ai.usage.output_tokens"))).isEqualTo(7);
        assertThat(points("gen_ai.client.operation.time_to_first_chunk")).isEmpty();
    }

    @Test
    void document_rejectedByItsReader_isAFailure() {
        Exchange answer = chain(List.of(), answering(200, Framing.DOCUMENT, "{\"error\":\"no\"}")).open(CHAT, CallContext.create());
        while (answer.next() != null) {
            assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getName).doesNotContain("chat llama3.2");
        }
        answer.reject(new ServerFailedException("secret", ErrorFacts.NONE));

        assertThat(span("chat llama3.2").getAttributes().get(text("error.type"))).isEqualTo("server_failed");
        assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
    }

    @Test
    void attempts_thatFail_haveASpanEach_andTheCallHasOne() {
        AtomicInteger tries = new AtomicInteger();
        ExchangePort server = (request, context) -> {
            if (tries.getAndIncrement() < 2) {
                throw new ServerFailedException("secret", ErrorFacts.NONE);
            }
            return answering(200, ANSWER).open(request, context);
        };
        readAll(chain(List.of(retrying(3)), server).open(CHAT.asStream(), CallContext.create()));

        List<SpanData> attempts = spans.getFinishedSpanItems().stream().filter(span -> span.getName().startsWith("POST")).toList();
        SpanData call = span("chat llama3.2");
        assertThat(attempts).hasSize(3).allSatisfy(attempt -> assertThat(attempt.getParentSpanId()).isEqualTo(call.getSpanId()));
        assertThat(attempts).extracting(attempt -> attempt.getAttributes().get(AttributeKey.longKey("http.request.resend_count")))
                .containsExactly(null, 1L, 2L);
        assertThat(attempts).extracting(attempt -> attempt.getAttributes().get(text("error.type")))
                .containsExactly("server_failed", "server_failed", null);
        assertThat(call.getAttributes().get(AttributeKey.longKey("paddock.attempts"))).isEqualTo(3);
        assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void call_thatFailsBeforeTheHead_endsItsSpans() {
        ExchangePort server = (request, context) -> {
            throw new ServerFailedException("secret", ErrorFacts.NONE);
        };

        assertThatThrownBy(() -> chain(List.of(), server).open(CHAT, CallContext.create())).isInstanceOf(LlmException.class);

        assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getAttributes().get(text("error.type"))).isEqualTo("server_failed");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEmpty();
        });
        assertThat(points("gen_ai.client.operation.duration")).singleElement().satisfies(point -> {
            assertThat(point.getAttributes().get(text("error.type"))).isEqualTo("server_failed");
            assertThat(point.getAttributes().get(text("gen_ai.request.model"))).isEqualTo("_OTHER");
        });
        assertThat(points("gen_ai.client.token.usage")).isEmpty();
    }

    @Test
    void call_thatADefectEnds_endsItsSpans() {
        ExchangePort server = (request, context) -> {
            throw new IllegalStateException("secret");
        };

        assertThatThrownBy(() -> chain(List.of(), server).open(CHAT, CallContext.create())).isInstanceOf(IllegalStateException.class);

        assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(
                span -> assertThat(span.getAttributes().get(text("error.type"))).isEqualTo("_OTHER"));
    }

    @Test
    void answer_withAnErrorStatus_isAnError() {
        readAll(chain(List.of(), answering(404, "{\"error\":\"model 'secret' not found\"}")).open(CHAT, CallContext.create()));

        assertThat(span("chat llama3.2").getAttributes().get(text("error.type"))).isEqualTo("not_found");
        assertThat(span("POST /api/chat").getAttributes().get(text("error.type"))).isEqualTo("not_found");
        assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
    }

    @Test
    void stream_closedBeforeItsEnd_isCancelled() {
        Exchange answer = chain(List.of(), answering(200, ANSWER)).open(CHAT.asStream(), CallContext.create());
        assertThat(answer.next()).isNotNull();
        answer.close();

        assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(
                span -> assertThat(span.getAttributes().get(text("error.type"))).isEqualTo("cancelled"));
        assertThat(span("chat llama3.2").getAttributes().get(AttributeKey.stringArrayKey("gen_ai.response.finish_reasons")))
                .containsExactly("error");
    }

    @Test
    void stream_cancelledWithoutAReader_isCancelled() {
        CallContext context = CallContext.create();
        Exchange abandoned = chain(List.of(), answering(200, ANSWER)).open(CHAT.asStream(), context);
        assertThat(abandoned.next()).isNotNull();
        context.cancellation().cancel();

        assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(
                span -> assertThat(span.getAttributes().get(text("error.type"))).isEqualTo("cancelled"));
    }

    @Test
    void stream_abandoned_endsWithItsClient() {
        ExchangeChain chain = chain(List.of(), answering(200, ANSWER));
        assertThat(chain.open(CHAT.asStream(), CallContext.create()).next()).isNotNull();
        assertThat(spans.getFinishedSpanItems()).isEmpty();
        chain.close();

        assertThat(spans.getFinishedSpanItems()).hasSize(2).allSatisfy(
                span -> assertThat(span.getAttributes().get(text("error.type"))).isEqualTo("client_closed"));
    }

    @Test
    void answer_fromACache_isNoInference() {
        ExchangeDecorator cache = ExchangeDecorator.of(Stage.CACHE, delegate -> (request, context) -> answer(
                new ExchangeHead(200, Headers.EMPTY, Framing.LINES, Provenance.of(GPU, 0, false).withSource(Provenance.Source.CACHE)), ANSWER));
        readAll(chain(List.of(cache), answering(200, ANSWER)).open(CHAT.asStream(), CallContext.create()));

        SpanData hit = spans.getFinishedSpanItems().getFirst();
        assertThat(spans.getFinishedSpanItems()).hasSize(1);
        assertThat(hit.getName()).isEqualTo("reuse chat");
        assertThat(hit.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(hit.getAttributes().asMap())
                .containsEntry(text("paddock.source"), "cache")
                .allSatisfy((key, value) -> assertThat(key.getKey()).doesNotStartWith("gen_ai."));
        assertThat(metrics.collectAllMetrics()).extracting(MetricData::getName).noneMatch(name -> name.startsWith("gen_ai."));
    }

    @Test
    void embeddingOfAQuestion_onTheWayToAHit_isAnAttemptOfTheCallerAndNoInference() {
        ExchangeRequest embedding = ExchangeRequest.post(Operation.EMBED, "/api/embed", new byte[0]).withModel("e");
        ExchangeDecorator cache = ExchangeDecorator.of(Stage.CACHE, delegate -> (request, context) -> {
            readAll(delegate.open(embedding, context));
            return answer(
                    new ExchangeHead(200, Headers.EMPTY, Framing.LINES, Provenance.of(GPU, 0, false).withSource(Provenance.Source.CACHE)), ANSWER);
        });
        readAll(chain(List.of(cache), answering(200, Framing.DOCUMENT, "{}"))
                .open(CHAT, CallContext.create().with(CallAttributes.TRACE_PARENT, PARENT)));

        assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getName).containsExactly("POST /api/embed", "reuse chat");
        assertThat(spans.getFinishedSpanItems()).allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331"));
    }

    @Test
    void requestThatServesSeveralCalls_fails_isAnOperationOfEach() {
        ExchangeRequest embedding = ExchangeRequest.post(Operation.EMBED, "/api/embed", new byte[0]).withModel("e");
        ExchangeChain[] chain = new ExchangeChain[1];
        List<CallContext> waiting = new ArrayList<>();
        ExchangeDecorator together = ExchangeDecorator.of(Stage.BATCH, delegate -> (request, context) -> {
            waiting.add(context);
            if (waiting.size() == 1) {
                chain[0].open(embedding, CallContext.create()); // another caller, whose text goes with that of the first
            }
            if (waiting.size() == 2) {
                return delegate.open(request, waiting.getFirst().detached().with(CallAttributes.SERVED_CALLS, List.copyOf(waiting)));
            }
            throw new IllegalStateException();
        });
        chain[0] = chain(List.of(together), (request, context) -> {
            throw new ServerFailedException("gone", ErrorFacts.NONE);
        });

        assertThatThrownBy(() -> chain[0].open(embedding, CallContext.create())).isInstanceOf(ServerFailedException.class);

        assertThat(points("gen_ai.client.operation.duration").mapToLong(point -> ((HistogramPointData) point).getCount()).sum()).isEqualTo(2);
    }

    @Test
    void traceParent_ofTheCall_isTheParent_andTheServerGetsTheAttempt() {
        Headers fields = Headers.of("traceparent", "old").with("tracestate", "vendor=1");
        readAll(chain(List.of(), answering(200, ANSWER))
                .open(CHAT.withHeaders(fields), CallContext.create().with(CallAttributes.TRACE_PARENT, PARENT)));

        SpanData call = span("chat llama3.2");
        SpanData attempt = span("POST /api/chat");
        assertThat(call.getTraceId()).isEqualTo(TRACE);
        assertThat(call.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        String expected = "00-" + TRACE + "-" + attempt.getSpanId() + "-01";
        assertThat(contexts.getFirst().get(CallAttributes.TRACE_PARENT)).isEqualTo(expected);
        assertThat(sent.getFirst().headers().all("traceparent")).containsExactly(expected);
        assertThat(sent.getFirst().headers().all("tracestate")).containsExactly("vendor=1");
    }

    @Test
    void traceParent_thatIsInvalid_beginsANewTraceWithoutItsState() {
        Headers fields = Headers.of("tracestate", "vendor=1");
        readAll(chain(List.of(), answering(200, ANSWER))
                .open(CHAT.withHeaders(fields), CallContext.create().with(CallAttributes.TRACE_PARENT, "00-0-0-01")));

        assertThat(span("chat llama3.2").getParentSpanContext().isValid()).isFalse();
        assertThat(contexts.getFirst().get(CallAttributes.TRACE_PARENT)).contains(span("POST /api/chat").getTraceId());
        assertThat(sent.getFirst().headers().all("tracestate")).isEmpty();
    }

    @Test
    void spanOfTheThread_withoutATraceParent_isTheParent() {
        Span caller = sdk.getTracer("test").spanBuilder("caller").startSpan();
        try (Scope scope = caller.makeCurrent()) {
            assertThat(scope).isNotNull();
            readAll(chain(List.of(), answering(200, ANSWER)).open(CHAT, CallContext.create()));
        }

        assertThat(span("chat llama3.2").getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
    }

    @Test
    void spanOfTheAttempt_isCurrentBelowIt_andOnlyThere() {
        List<String> current = new ArrayList<>();
        ExchangePort server = (request, context) -> {
            current.add(Span.current().getSpanContext().getSpanId());
            return answering(200, ANSWER).open(request, context);
        };
        readAll(chain(List.of(), server).open(CHAT, CallContext.create()));

        assertThat(current).containsExactly(span("POST /api/chat").getSpanId());
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void call_cancelledBeforeItsStart_endsItsSpan() {
        CallContext context = CallContext.create();
        context.cancellation().cancel();
        ExchangePort server = (request, ignored) -> {
            throw new CallCancelledException("cancelled", ErrorFacts.NONE);
        };
        assertThatThrownBy(() -> chain(List.of(), server).open(CHAT, context)).isInstanceOf(CallCancelledException.class);

        assertThat(spans.getFinishedSpanItems()).isNotEmpty().allSatisfy(
                span -> assertThat(span.getAttributes().get(text("error.type"))).isEqualTo("cancelled"));
    }

    @Test
    void trace_thatIsNotSampled_isMeasuredAndPassedOn() {
        sdk.close();
        metrics = InMemoryMetricReader.create();
        sdk = sdk(Sampler.alwaysOff());
        readAll(chain(List.of(), answering(200, ANSWER)).open(CHAT, CallContext.create()));

        assertThat(spans.getFinishedSpanItems()).isEmpty();
        assertThat(points("gen_ai.client.operation.duration")).hasSize(1);
        assertThat(points("gen_ai.client.token.usage")).hasSize(2);
        assertThat(contexts.getFirst().get(CallAttributes.TRACE_PARENT)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]");
    }

    @Test
    void requestWithoutACall_hasNoSpan() {
        ExchangePort attempt = telemetry().decorators().getLast().decorate(answering(200, ANSWER));
        readAll(attempt.open(CHAT, CallContext.create()));

        assertThat(spans.getFinishedSpanItems()).isEmpty();
        assertThat(contexts.getFirst().get(CallAttributes.TRACE_PARENT)).isNull();
    }

    @Test
    void otherOperation_hasASpanAndNoMetric() {
        readAll(chain(List.of(), answering(200, Framing.DOCUMENT, "{}"))
                .open(ExchangeRequest.get(Operation.LIST_MODELS, "/api/tags?secret=1"), CallContext.create()));
        readAll(chain(List.of(), answering(200, Framing.DOCUMENT, "{}"))
                .open(ExchangeRequest.get(Operation.OTHER, "/any/8f2c"), CallContext.create()));

        assertThat(spans.getFinishedSpanItems()).extracting(SpanData::getName)
                .containsExactly("GET /api/tags", "list_models", "GET", "other");
        assertThat(spans.getFinishedSpanItems().toString()).doesNotContain("secret");
        assertThat(metrics.collectAllMetrics()).isEmpty();
    }

    @Test
    void admission_ofTheCall_isAnEventOfItsSpan() {
        ExchangeDecorator queue = ExchangeDecorator.of(Stage.ADMISSION, delegate -> (request, context) -> {
            requireNonNull(context.get(CallAttributes.ON_ADMISSION)).accept(Duration.ofMillis(250));
            return delegate.open(request, context);
        });
        readAll(chain(List.of(queue, retrying(2)), answering(200, ANSWER)).open(CHAT, CallContext.create()));

        assertThat(span("chat llama3.2").getEvents()).first().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("paddock.admitted");
            assertThat(event.getAttributes().get(AttributeKey.doubleKey("paddock.wait"))).isEqualTo(0.25);
        });
    }

    @Test
    void models_thousandsOfNames_staysBounded() {
        ExchangePort server = answering(200, ANSWER);
        ExchangeChain chain = chain(List.of(), server);
        for (int model = 0; model < 2_000; model++) {
            readAll(chain.open(CHAT.withModel("model-" + model), CallContext.create()));
        }

        assertThat(points("gen_ai.client.operation.duration").map(point -> point.getAttributes().get(text("gen_ai.request.model"))).distinct())
                .hasSizeLessThanOrEqualTo(101)
                .contains("model-0", "_OTHER");
    }

    @Test
    void models_thatNoServerHas_takeNoPlace() {
        ExchangeChain missing = chain(List.of(), answering(404, "{}"));
        for (int model = 0; model < 200; model++) {
            readAll(missing.open(CHAT.withModel("random-" + model), CallContext.create()));
        }

        assertThat(points("gen_ai.client.operation.duration").map(point -> point.getAttributes().get(text("gen_ai.request.model"))))
                .containsOnly("_OTHER");
    }

    @Test
    void conventions_ofTheNextGeneration_haveItsNames() {
        ExchangeChain chain = ExchangeChain.assemble(answering(200, ANSWER), telemetry(GenAiConventions.INFERENCE).decorators());
        readAll(chain.open(CHAT.asStream(), CallContext.create()));
        readAll(chain.open(ExchangeRequest.post(Operation.EMBED, "/api/embed", new byte[0]).withModel("e"), CallContext.create()));

        assertThat(metrics.collectAllMetrics()).extracting(MetricData::getName).containsExactlyInAnyOrder(
                "gen_ai.client.inference.duration", "gen_ai.client.embeddings.duration", "gen_ai.client.inference.time_to_first_chunk",
                "gen_ai.client.inference.time_per_output_chunk", "gen_ai.client.inference.operation.input_tokens",
                "gen_ai.client.inference.operation.output_tokens", "gen_ai.client.embeddings.operation.input_tokens",
                "gen_ai.client.inference.usage.input_tokens", "gen_ai.client.inference.usage.output_tokens",
                "gen_ai.client.inference.usage.cache_read.input_tokens", "gen_ai.client.inference.usage.cache_write.input_tokens",
                "gen_ai.client.inference.usage.reasoning.output_tokens");
    }

    private OpenTelemetrySdk sdk(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    private CallTelemetry telemetry() {
        return telemetry(GenAiConventions.OPERATION);
    }

    private CallTelemetry telemetry(GenAiConventions conventions) {
        return new CallTelemetry(
                sdk,
                new JsonInferenceReader(),
                backend -> backend.equals(GPU) ? BaseUrl.parse("http://gpu.example:11434") : null,
                conventions);
    }

    private ExchangeChain chain(List<ExchangeDecorator> others, ExchangePort server) {
        return ExchangeChain.assemble(server, Stream.concat(others.stream(), telemetry().decorators().stream()).toList());
    }

    private ExchangePort answering(int status, String... lines) {
        return answering(status, Framing.LINES, lines);
    }

    private ExchangePort answering(int status, Framing framing, String... frames) {
        return (request, context) -> {
            sent.add(request);
            contexts.add(context);
            return answer(new ExchangeHead(status, Headers.EMPTY, framing, Provenance.of(GPU, 1, false)), frames);
        };
    }

    private static ExchangeDecorator retrying(int attempts) {
        return ExchangeDecorator.of(Stage.RETRY, delegate -> (request, context) -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return delegate.open(request, context);
                } catch (LlmException failure) {
                    if (attempt == attempts) {
                        throw failure;
                    }
                }
            }
        });
    }

    private static Exchange answer(ExchangeHead head, String... frames) {
        Deque<Frame> rest = new ArrayDeque<>();
        for (String frame : frames) {
            rest.add(Frame.data(frame.getBytes(UTF_8)));
        }
        return new Exchange() {
            @Override
            public ExchangeHead head() {
                return head;
            }

            @Override
            public Frame next() {
                return rest.poll();
            }

            @Override
            public AnswerVerdict verdict() {
                return AnswerVerdict.ofStatus(head.status());
            }

            @Override
            public void close() {}
        };
    }

    private static void readAll(Exchange answer) {
        try (answer) {
            Frame frame = answer.next();
            while (frame != null) {
                frame = answer.next();
            }
        }
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
    }

    private Stream<? extends PointData> points(String metric) {
        return metrics.collectAllMetrics().stream()
                .filter(data -> data.getName().equals(metric))
                .flatMap(data -> data.getData().getPoints().stream());
    }

    private static AttributeKey<String> text(String name) {
        return AttributeKey.stringKey(name);
    }
}
