package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.sharedstate.StoreAddress;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.domain.time.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Logs the state of the store once per change, under the name {@code paddock.shared-state}. When it changes all the time, the log says so
 * once, and goes on after a quiet minute. Changes are noted by one thread, refusals by any.
 */
final class StateLog {

    private static final System.Logger LOGGER = System.getLogger("paddock.shared-state");
    private static final int MOST_CHANGES = 10;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final StoreAddress address;
    private final Ticker ticker;
    private final Deque<Long> changes = new ArrayDeque<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private boolean isMuted;

    StateLog(StoreAddress address, Ticker ticker) {
        this.address = address;
        this.ticker = ticker;
    }

    /**
     * Notes the new state.
     *
     * @param before the state before, null at the start
     * @param reason why, empty for the available state
     */
    void changed(@Nullable StoreState before, StoreState state, String reason) {
        refusals.clear();
        long now = ticker.nanos();
        while (!changes.isEmpty() && now - changes.peekFirst() > PERIOD.toNanos()) {
            changes.pollFirst();
        }
        changes.addLast(now);
        if (changes.size() > MOST_CHANGES) {
            if (!isMuted) {
                LOGGER.log(Level.WARNING, address + " changes its state all the time; the log goes on after a quiet minute");
            }
            isMuted = true;
            changes.pollFirst();
            return;
        }
        isMuted = false;
        switch (state) {
            case AVAILABLE -> LOGGER.log(Level.INFO, address + (before == null ? " is available" : " is available again"));
            case READ_ONLY -> LOGGER.log(
                    Level.WARNING, address + " refuses to write, so that answers are not shared and each process limits rates: " + reason);
            case UNAVAILABLE -> LOGGER.log(
                    Level.WARNING, address + " is not available, so that each process uses its own state: " + reason);
        }
    }

    /** Notes that the store refuses an operation; once for each operation until the state changes. */
    void refused(String operation, String reason) {
        if (refusals.add(operation)) {
            LOGGER.log(Level.WARNING, address + " refuses the operation " + operation + ": " + reason);
        }
    }
}
