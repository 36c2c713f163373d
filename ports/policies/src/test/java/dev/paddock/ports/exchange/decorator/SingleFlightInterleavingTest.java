package dev.paddock.ports.exchange.decorator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
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
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random calls at once, of several tenants for several requests, with readers that stop, lag behind and cancel, and a server that fails now
 * and then. Each frame says for whom and for what it is.
 */
class SingleFlightInterleavingTest {

    private static final int CALLERS = 24;
    private static final int CALLS = 60;
    private static final int BUFFER = 1024;

    private final SingleFlightCalls.Counts counts = new SingleFlightCalls.Counts();
    private final AtomicInteger complete = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void next_randomInterleaving_givesEachCallerItsOwnAnswerOrAFailure(long seed) {
        RandomServer server = new RandomServer(seed);
        try (SingleFlightExchangePort port = new SingleFlightExchangePort(
                server,
                (request, context) -> classify(request),
                new SingleFlightSettings(BUFFER, false, Tenancy.SEPARATE, seed % 2 == 0 ? WhenAbandoned.FINISH : WhenAbandoned.CANCEL),
                counts)) {
            Parallel.run(CALLERS, caller -> {
                Random random = new Random(seed * 1000 + caller);
                for (int count = 0; count < CALLS; count++) {
                    call(port, "key-" + random.nextInt(2), "/" + random.nextInt(3), random);
                }
                return caller;
            });
        }

        Eventually.await("the buffers are empty", () -> counts.of(ReuseMetrics.BYTES_HELD.with()) == 0);
        assertThat(complete.get()).isPositive();
        assertThat(server.calls.get()).isLessThan(CALLERS * CALLS);
    }

    private void call(ExchangePort port, String tenant, String target, Random random) {
        CallContext context = CallContext.create().with(CallAttributes.CALLER, tenant);
        int stopAfter = random.nextInt(4) == 0 ? random.nextInt(RandomServer.FRAMES) : Integer.MAX_VALUE;
        boolean cancels = random.nextBoolean();
        boolean isSlow = random.nextInt(3) == 0;
        int count = 0;
        try (Exchange exchange = port.open(ExchangeRequest.post(Operation.CHAT, target, new byte[0]), context)) {
            String call = null;
            for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
                String[] parts = new String(frame.bytes(), UTF_8).split(" ");
                assertThat(parts[0]).isEqualTo(tenant);
                assertThat(parts[1]).isEqualTo(target);
                assertThat(parts[2]).isEqualTo(String.valueOf(count++)); // none is missing
                call = call == null ? parts[3] : call;
                assertThat(parts[3]).isEqualTo(call); // all are of one answer
                if (count == stopAfter && cancels) {
                    context.cancellation().cancel();
                } else if (count == stopAfter) {
                    return;
                }
                if (isSlow) {
                    Thread.yield();
                }
            }
            assertThat(count).isEqualTo(RandomServer.FRAMES);
            complete.incrementAndGet();
        } catch (CallCancelledException cancelled) {
            assertThat(cancels).isTrue();
        } catch (ConnectionLostException | TruncatedResponseException expected) {
            assertThat(count).isLessThan(RandomServer.FRAMES + 1);
        }
    }

    private static RequestReuse classify(ExchangeRequest request) {
        return new RequestReuse.Reusable(
                new RequestFingerprint(request.target().hashCode(), 0, 0, 0), ReuseKind.DETERMINISTIC, AnswerShape.STREAM, false);
    }

    /** Answers with numbered frames that repeat tenant, request and call; some answers break. */
    private static final class RandomServer implements ExchangePort {

        static final int FRAMES = 40;

        private final long seed;
        private final AtomicInteger calls = new AtomicInteger();

        private RandomServer(long seed) {
            this.seed = seed;
        }

        @Override
        public Exchange open(ExchangeRequest request, CallContext context) {
            int call = calls.incrementAndGet();
            int breaksAfter = new Random(seed + call).nextInt(4 * FRAMES);
            if (breaksAfter == 0) {
                throw lost();
            }
            return new Exchange() {
                private int count;

                @Override
                public ExchangeHead head() {
                    return new ExchangeHead(200, Headers.EMPTY, Framing.LINES, Provenance.of(new BackendId("http://a:1"), 1, false));
                }

                @Override
                public Frame next() {
                    Thread.yield();
                    if (context.cancellation().isCancelled()) {
                        throw new CallCancelledException("cancelled", ErrorFacts.NONE);
                    }
                    if (count == breaksAfter) {
                        throw lost();
                    }
                    String text = context.get(CallAttributes.CALLER) + " " + request.target() + " " + count + " " + call;
                    return count++ == FRAMES ? null : Frame.data(text.getBytes(UTF_8));
                }

                @Override
                public AnswerVerdict verdict() {
                    return AnswerVerdict.OK;
                }

                @Override
                public void close() {}
            };
        }

        private static LlmException lost() {
            return new ConnectionLostException("lost", ErrorFacts.NONE);
        }
    }
}
