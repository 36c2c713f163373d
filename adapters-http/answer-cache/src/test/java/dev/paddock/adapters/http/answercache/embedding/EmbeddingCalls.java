package dev.paddock.adapters.http.answercache.embedding;

import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.embed;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.request;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.answercache.ModelResidency;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.Answer;
import dev.paddock.adapters.http.answercache.embedding.ModelVersionSource.KnownVersion;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Callers of vectors before a server that records what it is asked. */
abstract class EmbeddingCalls {


    static final BatchLimits LIMITS = new BatchLimits(64, 1000, 1 << 20, null);

    final TextServer server = new TextServer();
    final RecordedMetrics metrics = new RecordedMetrics();
    final ManualTicker ticker = new ManualTicker();
    volatile String version = "v1";
    EmbeddingExchangePort port = port(LIMITS, 1 << 20, Tenancy.SEPARATE);

    final EmbeddingExchangePort port(BatchLimits limits, long cacheBytes, Tenancy tenancy) {
        return new EmbeddingExchangePort(
                server,
                settings(limits, cacheBytes, tenancy),
                new JsonReuseClassifier(false),
                (model, context) -> known(),
                residency(),
                metrics,
                ticker::nanos);
    }

    static EmbeddingBatchSettings settings(BatchLimits limits, long cacheBytes, Tenancy tenancy) {
        return new EmbeddingBatchSettings(limits, cacheBytes, Duration.ofHours(1), tenancy);
    }

    ModelResidency residency() {
        return new ModelResidency(server, ticker::nanos);
    }

    KnownVersion known() {
        String now = version;
        return now.isEmpty() ? null : new KnownVersion(now, () -> version.equals(now));
    }

    static CallContext control(CacheControl control) {
        return CallContext.create().with(CallAttributes.CACHE_CONTROL, control);
    }

    Future<Answer> blocker() {
        server.hold();
        Future<Answer> blocker = Parallel.start(() -> embed(port, CallContext.create(), "blocker"));
        Eventually.await(() -> server.asked.size() == 1);
        return blocker;
    }

    /** Starts a call that waits for the request in progress, and returns when it waits. */
    Future<Answer> waiting(CallContext context, String text, int position) {
        Future<Answer> call = Parallel.start(() -> embed(port, context, text));
        Eventually.await(() -> metrics.sum(BatchMetrics.WAITING) == position);
        return call;
    }

    List<Future<Answer>> startBehindAnother(int count, IntFunction<Answer> action) {
        blocker();
        List<Future<Answer>> calls = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int current = number;
            calls.add(Parallel.start(() -> action.apply(current)));
            int texts = calls.size();
            Eventually.await(() -> metrics.sum(BatchMetrics.WAITING) >= texts);
        }
        return calls;
    }

    static void assertFailsWith(Class<? extends Throwable> type, Future<?> call) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> call.get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .withCauseInstanceOf(type);
    }
}
