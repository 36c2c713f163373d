package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a call waits before it tries again, and what ends a wait early or keeps it from beginning. */
class RetryWaitTest {

    @Test
    void open_failsForEver_waitsTwiceAsLongEachTime() {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        fixture.backend.failForever(Failures.REFUSED);

        LlmException last = catchThrowableOfType(LlmException.class, () -> fixture.open(Operation.CHAT));

        assertThat(fixture.waits)
                .containsExactly(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMillis(1200));
        assertThat(last.facts().elapsed()).isEqualTo(Duration.ofMillis(2100));
    }

    @Test
    void open_settingsAllowNoRetry_triesOnce() {
        ResilienceFixture fixture = new ResilienceFixture(
                ResilienceFixture.RULES_ONLY.withRetry(ResilienceSettings.Retry.DEFAULT.withMaxRetries(0)));
        fixture.backend.failForever(Failures.REFUSED);

        catchThrowableOfType(LlmException.class, () -> fixture.open(Operation.CHAT));

        assertThat(fixture.backend.attempts()).isEqualTo(1);
        assertThat(fixture.waits).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 300", "1, 1, 375", "2, 0, 600", "2, 1, 750", "3, 0.5, 1350", "6, 0, 8000", "10, 1, 10000"})
    void delay_nobodyAsks_isNeverShorterThanBackoff(int retry, double chance, long milliseconds) {
        Backoff backoff = new Backoff(ResilienceSettings.Retry.DEFAULT, () -> chance);

        assertThat(backoff.delay(retry, null)).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 5000, 5000", "1, 1, 5000, 5500", "3, 0, 100, 1200", "1, 0, 0, 300"})
    void delay_serverAsks_isNeverShorterThanAsked(int retry, double chance, long asked, long milliseconds) {
        Backoff backoff = new Backoff(ResilienceSettings.Retry.DEFAULT, () -> chance);

        assertThat(backoff.delay(retry, Duration.ofMillis(asked))).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void open_staleConnection_repeatsAtOnceAndNotOutOfTheBudget() {
        ResilienceFixture fixture = new ResilienceFixture(ResilienceFixture.RULES_ONLY.withRetry(
                ResilienceSettings.Retry.DEFAULT.withMaxRetries(0)));
        fixture.backend.thenFail(Failures.STALE);

        try (Exchange exchange = fixture.open(Operation.CHAT)) {
            assertThat(exchange.head().provenance().attempts()).isEqualTo(2);
        }

        assertThat(fixture.waits).isEmpty();
        assertThat(fixture.metrics.decisions()).containsOnlyKeys("transparent");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', value = {
        "5           | -                             | -     | 5000",
        "0           | -                             | -     | 300",
        "30          | -                             | -     | 30000",
        "31          | -                             | -     | -",
        "9999999999  | -                             | -     | -",
        "99999999999 | -                             | -     | 300",
        "-1          | -                             | -     | 300",
        "1.5         | -                             | -     | 1500",
        "10s         | -                             | -     | 10000",
        "31s         | -                             | -     | -",
        "-           | -                             | 700.0 | 700",
        "soon        | -                             | -     | 300",
        "-           | -                             | 700   | 700",
        "20          | -                             | 700   | 700",
        "20          | -                             | no    | 20000",
        "Sun, 06 Nov 1994 08:49:47 GMT | Sun, 06 Nov 1994 08:49:37 GMT | -  | 10000",
        "Sun, 06 Nov 1994 08:49:27 GMT | Sun, 06 Nov 1994 08:49:37 GMT | -  | 300",
        "Sun, 06 Nov 1994 08:49:47 GMT | -                             | -  | 300",
        "Sun, 06 Nov 1994 09:49:37 GMT | Sun, 06 Nov 1994 08:49:37 GMT | -  | -",
    })
    void open_serverAsksToWait_waitsSoOrHandsTheRefusalOn(
            String retryAfter, String date, String milliseconds, Long waited) {
        for (int status : new int[] {429, 503}) {
            ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
            Headers headers = with(with(with(Headers.EMPTY, "Retry-After", retryAfter), "Date", date),
                    "retry-after-ms", milliseconds);
            fixture.backend.then(() -> ScriptedExchange.document(status, headers, "busy"));

            try (Exchange exchange = fixture.open(Operation.CHAT)) {
                assertThat(exchange.head().status()).isEqualTo(waited == null ? status : 200);
            }
            assertThat(fixture.waits).isEqualTo(waited == null ? List.of() : List.of(Duration.ofMillis(waited)));
            assertThat(fixture.metrics.decisions()).containsOnlyKeys(waited == null ? "no_time" : "granted");
        }
    }

    @Test
    void open_waitDoesNotFitDeadline_handsTheRefusalOnAtOnce() {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        fixture.backend.forever(() -> ScriptedExchange.document(503, Headers.of("Retry-After", "2"), "bu", "sy"));
        CallContext context = CallContext.within(Duration.ofSeconds(2), fixture.ticker::nanos);

        Exchange exchange = fixture.port.open(ResilienceFixture.request(Operation.CHAT), context);

        assertThat(exchange.head().headers().first("Retry-After")).isEqualTo("2");
        assertThat(ResilienceFixture.readAll(exchange)).containsExactly("bu", "sy");
        assertThat(fixture.waits).isEmpty();
        assertThat(fixture.metrics.decisions()).containsOnlyKeys("no_time");
    }

    @Test
    void open_deadlineDuringBackoff_givesTheLastFailureAndDoesNotWait() {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        fixture.backend.failForever(Failures.REFUSED);
        CallContext context = CallContext.within(Duration.ofMillis(1000), fixture.ticker::nanos);

        LlmException last = catchThrowableOfType(
                LlmException.class, () -> fixture.port.open(ResilienceFixture.request(Operation.CHAT), context));

        assertThat(last.kind()).isEqualTo(Failures.REFUSED.get().kind());
        assertThat(last.facts().attempts()).isEqualTo(3);
        assertThat(fixture.waits).containsExactly(Duration.ofMillis(300), Duration.ofMillis(600));
    }

    @Test
    @Timeout(10)
    void open_cancelledDuringBackoff_endsAtOnce() throws InterruptedException {
        assertThat(endOfWait((port, context, caller) -> context.cancellation().cancel()))
                .isInstanceOf(CallCancelledException.class);
    }

    @Test
    @Timeout(10)
    void open_closedDuringBackoff_endsAtOnce() throws InterruptedException {
        assertThat(endOfWait((port, context, caller) -> port.close())).isInstanceOf(ClientClosedException.class);
    }

    @Test
    @Timeout(10)
    void open_interruptedDuringBackoff_endsAtOnce() throws InterruptedException {
        assertThat(endOfWait((port, context, caller) -> caller.interrupt()))
                .isInstanceOf(CallCancelledException.class);
    }

    private static LlmException endOfWait(Interruption interruption) throws InterruptedException {
        ScriptedBackend backend = new ScriptedBackend();
        CountDownLatch waiting = new CountDownLatch(1);
        BackendRegistry backendRegistry = new BackendRegistry(
                ResilienceFixture.RULES_ONLY.withRetry(
                        ResilienceSettings.Retry.DEFAULT.withBackoff(Duration.ofHours(1))),
                new RecordingMetrics(),
                System::nanoTime);
        TimeSource.Sleeper announced = (time, cancellation) -> {
            waiting.countDown();
            return TimeSource.Sleeper.system(Duration.ofHours(1), cancellation);
        };
        ResilientExchangePort port =
                new ResilientExchangePort(backendRegistry.attemptExecutor(backend, BackendId.of(ScriptedBackend.URL), ScriptedBackend.URL), backendRegistry, announced, () -> 0);
        backend.failForever(Failures.REFUSED);
        CallContext context = CallContext.create();
        AtomicReference<LlmException> outcome = new AtomicReference<>();

        Thread caller = Thread.ofVirtual().start(() -> outcome.set(catchThrowableOfType(
                LlmException.class, () -> port.open(ResilienceFixture.request(Operation.CHAT), context))));
        assertThat(waiting.await(5, TimeUnit.SECONDS)).isTrue();
        interruption.happen(port, context, caller);
        caller.join();

        assertThat(outcome.get().facts().attempts()).isEqualTo(1);
        assertThat(backend.attempts()).isEqualTo(1);
        return outcome.get();
    }

    /** What ends the wait before a retry. */
    @FunctionalInterface
    private interface Interruption {

        void happen(ResilientExchangePort port, CallContext context, Thread caller);
    }

    @Test
    @Timeout(10)
    void real_nobodyCancels_waitsTheTime() {
        long start = System.nanoTime();

        assertThat(TimeSource.Sleeper.system(Duration.ofMillis(20), CallContext.create().cancellation())).isTrue();

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void open_cancelledBeforeReplay_isNotRepeated() {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        CallContext context = CallContext.create();
        fixture.backend.thenFail(() -> {
            context.cancellation().cancel();
            return Failures.STALE.get();
        });

        LlmException last = catchThrowableOfType(
                LlmException.class, () -> fixture.port.open(ResilienceFixture.request(Operation.CHAT), context));

        assertThat(last).isInstanceOf(CallCancelledException.class);
        assertThat(fixture.backend.attempts()).isEqualTo(1);
    }

    private static Headers with(Headers headers, String name, String value) {
        return value == null ? headers : headers.with(name, value);
    }
}
