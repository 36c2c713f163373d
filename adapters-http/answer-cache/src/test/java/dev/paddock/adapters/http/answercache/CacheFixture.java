package dev.paddock.adapters.http.answercache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.decorator.SingleFlightExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A cache before a server, in a time that stands still. */
final class CacheFixture implements AutoCloseable {

    static final CacheTuning TUNING =
            new CacheTuning(true, Duration.ofHours(24), Duration.ofHours(1), Duration.ofMinutes(5), 1 << 20);
    static final AnswerCacheSettings SETTINGS = new AnswerCacheSettings(
            TUNING, 8192, false, Tenancy.SEPARATE);
    static final Duration NO_TIME = Duration.ZERO;

    private final StubServer server = new StubServer();
    private final ManualTicker ticker = new ManualTicker();
    private final long start = ticker.nanos();
    private final AnswerCache cache;
    private final ExchangeChain chain;

    CacheFixture() {
        this(SETTINGS, null, false);
    }

    CacheFixture(AnswerCacheSettings settings, AnswerStorePort store, boolean withSingleFlight) {
        this(settings, ModelVersionSettings.DEFAULT, store, withSingleFlight);
    }

    CacheFixture(AnswerCacheSettings settings, ModelVersionSettings models, AnswerStorePort store, boolean withSingleFlight) {
        ReuseClassifier classifier = new JsonReuseClassifier(settings.sampledToo());
        MetricsPort metrics = MetricsPort.noOp();
        AnswerStorePort used =
                store == null ? new CaffeineAnswerStore(settings.tuning().maxBytes(), ticker::nanos, metrics) : store;
        ModelVersions versions = new ModelVersions(models, new OllamaDialect().catalog().models(), ticker::nanos);
        cache = AnswerCache.over(used, settings, classifier, versions, metrics, ticker::nanos, this::now);
        List<ExchangeDecorator> decorators = new ArrayList<>();
        decorators.add(cache.lookup());
        if (withSingleFlight) {
            decorators.add(SingleFlightExchangePort.decorator(
                    classifier,
                    new SingleFlightSettings(4096, false, settings.tenancy(), SingleFlightSettings.WhenAbandoned.FINISH),
                    metrics));
        }
        decorators.add(cache.recorder());
        decorators.add(versions.decorator());
        chain = ExchangeChain.assemble(server, decorators);
    }

    StubServer server() {
        return server;
    }

    AnswerCache cache() {
        return cache;
    }

    void advance(Duration time) {
        ticker.advance(time);
    }

    Exchange open(ExchangeRequest request, CallContext context) {
        return chain.open(request, context);
    }

    void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        chain.begin(request, context, end);
    }

    /** Returns the body of the answer, which is read to its end. */
    String ask(ExchangeRequest request, CallContext context) {
        try (Exchange exchange = open(request, context)) {
            return read(exchange);
        }
    }

    String ask(ExchangeRequest request) {
        return ask(request, CallContext.create());
    }

    static String read(Exchange exchange) {
        StringBuilder text = new StringBuilder();
        for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
            text.append(new String(frame.bytes(), UTF_8));
        }
        return text.toString();
    }

    /** Returns a request with temperature 0 for the model {@code m}. */
    static ExchangeRequest chat(String content) {
        return request(Operation.CHAT, "/api/chat", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + content + "\"}],\"options\":{\"temperature\":0},\"stream\":false}");
    }

    static ExchangeRequest request(Operation operation, String path, String json) {
        return ExchangeRequest.post(operation, path, json.getBytes(UTF_8)).withModel("m");
    }

    private Instant now() {
        return Instant.EPOCH.plusNanos(ticker.nanos() - start);
    }

    @Override
    public void close() {
        chain.close();
    }
}
