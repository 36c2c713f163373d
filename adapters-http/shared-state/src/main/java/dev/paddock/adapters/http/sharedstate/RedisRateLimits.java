package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.admission.RequestRate;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.sharedstate.RateLimitPort;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets in the store, one for each caller. A refusal is remembered while it holds, so that a caller that goes on asking does not
 * reach the store. While the store cannot count, each process that shares the limits has an equal part of them. Thread-safe.
 */
final class RedisRateLimits implements RateLimitPort {

    private static final int MOST_REFUSED = 10_000;
    private static final Duration LONGEST_MEMORY = Duration.ofSeconds(1);
    private static final double MICROS = 1e6;

    private final SharedStore store;
    private final StoreOperations operations;
    private final RateLimitPort local;
    private final Ticker ticker;
    private final Map<String, Refusal> refused = new ConcurrentHashMap<>();

    RedisRateLimits(SharedStore store, StoreOperations operations, RateLimitPort local, Ticker ticker) {
        this.store = store;
        this.operations = operations;
        this.local = local;
        this.ticker = ticker;
    }

    @Override
    public @Nullable Duration tryAcquireAtOnce(String caller, RequestRate rate) {
        if (store.state() != StoreState.AVAILABLE) {
            return countHere(caller, rate);
        }
        Refusal last = refused.get(caller);
        if (last == null) {
            return null;
        }
        long now = ticker.nanos();
        if (now - last.forgottenAt() >= 0) {
            refused.remove(caller, last);
            return null;
        }
        return Duration.ofNanos(Math.max(1, last.admittedAt() - now));
    }

    @Override
    public Duration tryAcquire(String caller, RequestRate rate) {
        double interval = MICROS / rate.perSecond();
        Long micros = store.state() == StoreState.AVAILABLE ? operations.run(StoreOperations.LIMIT, session -> session.run(
                Scripts.TAKE_TOKEN,
                ScriptOutputType.INTEGER,
                List.of(store.names().rate(caller)),
                Double.toString(interval),
                Integer.toString(rate.burst()))) : null;
        if (micros == null || micros < 0 || micros > interval + 1) { // a bucket with less than nothing was not written by a gateway
            return countHere(caller, rate);
        }
        if (micros == 0) {
            Duration unused = countHere(caller, rate); // so that the part of this process is as used when the store fails
            return Duration.ZERO;
        }
        Duration wait = Duration.of(micros, TimeUnit.MICROSECONDS.toChronoUnit());
        remember(caller, wait);
        return wait;
    }

    private Duration countHere(String caller, RequestRate rate) {
        return local.tryAcquire(caller, rate.share(store.members()));
    }

    private void remember(String caller, Duration wait) {
        if (refused.size() >= MOST_REFUSED) {
            refused.clear(); // costs a question each
        }
        long now = ticker.nanos();
        refused.put(caller, new Refusal(now + wait.toNanos(), now + Math.min(wait.toNanos(), LONGEST_MEMORY.toNanos())));
    }

    /**
     * The last refusal of a caller.
     *
     * @param admittedAt when a request will be admitted
     * @param forgottenAt when the store is asked again
     */
    private record Refusal(long admittedAt, long forgottenAt) {}
}
