package dev.paddock.ports.exchange.decorator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.AdmissionMetrics;
import dev.paddock.ports.admission.ModelCapacityPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.routing.NoTraits;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random calls at once, of several callers for two models, that cancel, expire, fail, and stop without reading. No call is lost, no slot
 * and no byte leaks, and no model has more calls in progress than its limit.
 */
@Timeout(120)
class AdmissionInterleavingTest {

    private static final int THREADS = 32;
    private static final int CALLS = 80;
    private static final int SLOTS = 3;

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void open_randomInterleaving_losesNeitherCallsNorSlots(long seed) {
        HeldServer[] servers = {new HeldServer(), new HeldServer()};
        AdmissionFigures figures = new AdmissionFigures();
        AdmissionSettings settings = AdmissionSettings.DEFAULT
                .withSlots(SLOTS, SLOTS)
                .withQueue(20, 3000)
                .withWaits(Duration.ofHours(1), Duration.ofHours(1));
        AdmissionControl control = new AdmissionControl(settings, figures, System::nanoTime);
        ExchangePort fleet = (request, context) -> {
            if (request.body().length() % 17 == 0) {
                throw new ConnectionLostException("lost", ErrorFacts.NONE);
            }
            return servers["a".equals(request.model()) ? 0 : 1].open(request, context);
        };
        try (ExchangeChain chain = ExchangeChain.assemble(fleet, List.of(AdmissionExchangePort.decorator(control, ModelCapacityPort.usual()), OverloadExchangePort.decorator(new NoTraits())))) {
            Parallel.run(THREADS, thread -> {
                Random random = new Random(seed * 1000 + thread);
                for (int call = 0; call < CALLS; call++) {
                    call(chain, random);
                }
                return thread;
            });
        }

        assertThat(ended.get()).isEqualTo(THREADS * CALLS);
        assertThat(answered.get()).isPositive();
        for (HeldServer server : servers) {
            Eventually.await("its calls have ended", () -> server.inProgress() == 0);
            assertThat(server.mostInProgress()).isBetween(1, SLOTS);
        }
        // A thread that cancels may still be on its way out of a queue when the last call has returned.
        Eventually.await("nothing is held", () -> figures.gauge(AdmissionMetrics.IN_PROGRESS.with()) == 0
                && figures.gauge(AdmissionMetrics.BYTES.with()) == 0
                && Stream.of("interactive", "batch").allMatch(band -> figures.gauge(AdmissionMetrics.WAITING.with(band)) == 0));
    }

    private void call(ExchangePort port, Random random) {
        CallContext context = CallContext.create()
                .with(CallAttributes.CALLER, "caller-" + random.nextInt(5))
                .with(CallAttributes.WEIGHT, 1 + random.nextInt(3))
                .with(CallAttributes.PRIORITY, random.nextInt(3) == 0 ? Priority.BATCH : Priority.INTERACTIVE);
        boolean isLimited = random.nextInt(6) == 0;
        if (isLimited) {
            context = context.withDeadline(Deadline.after(Duration.ofNanos(1 + random.nextInt(300_000)), System::nanoTime));
        }
        boolean isCancelled = random.nextInt(4) == 0;
        if (isCancelled) {
            Thread.ofVirtual().start(context.cancellation()::cancel);
        }
        ExchangeRequest request = ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[random.nextInt(400)])
                .withModel(random.nextBoolean() ? "a" : "b");
        try (Exchange exchange = port.open(request, context)) {
            for (int step = random.nextInt(20); step > 0; step--) {
                Thread.yield();
            }
            if (random.nextInt(5) > 0) {
                assertThat(exchange.next()).isNull();
                answered.incrementAndGet();
            }
        } catch (CallCancelledException cancelled) {
            assertThat(isCancelled).isTrue();
        } catch (LlmTimeoutException late) {
            assertThat(isLimited).isTrue();
        } catch (OverloadedException full) {
            assertThat(full.reason()).isNotEqualTo(OverloadedException.Reason.EXPIRED);
            assertThat(full.reason() != OverloadedException.Reason.DEADLINE || isLimited).isTrue();
        } catch (ConnectionLostException lost) {
            assertThat(request.body().length() % 17).isZero();
        }
        ended.incrementAndGet();
    }
}
