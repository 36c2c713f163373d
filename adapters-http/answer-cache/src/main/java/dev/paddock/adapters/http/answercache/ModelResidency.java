package dev.paddock.adapters.http.answercache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.document.CanonicalJson;
import dev.paddock.adapters.http.wire.reuse.ResidencyRequests;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps models loaded as the callers of stored answers ask for: the server gets the same wish without the prompt, in the background and at
 * most once a second. Thread-safe.
 */
public final class ModelResidency implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int MOST_WISHES = 1000;

    private final ExchangePort port;
    private final Ticker ticker;
    private final Cancellation closing = Cancellation.create();
    private final Lock lock = new ReentrantLock();
    private final SequencedMap<RequestFingerprint, Long> sentAt = new LinkedHashMap<>(); // by the wish, the oldest first; guarded by lock

    /** Creates the residency of the models of the server that a port reaches. */
    public ModelResidency(ExchangePort port, Ticker ticker) {
        this.port = port;
        this.ticker = ticker;
    }

    /** Passes on the wish of a request to keep its model loaded; returns at once. */
    public void keep(ExchangeRequest request, CallContext context) {
        ExchangeRequest wish = ResidencyRequests.of(request);
        if (wish != null && isDue(CanonicalJson.fingerprint(wish.target(), new String(wish.body().bytes(), UTF_8)))) {
            CallContext detached = context.detached().withCancellation(closing);
            Thread.ofVirtual().name("paddock-model-residency").start(() -> send(wish, detached));
        }
    }

    @Override
    public void close() {
        closing.cancel();
    }

    private boolean isDue(RequestFingerprint wish) {
        lock.lock();
        try {
            long now = ticker.nanos();
            Long before = sentAt.remove(wish);
            long sent = before == null || now - before >= INTERVAL.toNanos() ? now : before;
            sentAt.put(wish, sent);
            if (sentAt.size() > MOST_WISHES) {
                sentAt.pollFirstEntry();
            }
            return before == null || sent != before;
        } finally {
            lock.unlock();
        }
    }

    private void send(ExchangeRequest wish, CallContext context) {
        try (Exchange exchange = port.open(wish, context)) {
            while (exchange.next() != null) {
                // the answer says only that the model is loaded
            }
        } catch (LlmException failed) {
            // The caller has its answer; the next call to the model loads it.
        }
    }
}
