package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.time.Ticker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time and chance.
 *
 * @param ticker what time is measured with
 * @param scheduler does something later
 * @param random gives numbers from 0 to less than 1
 */
record TimeSource(Ticker ticker, Scheduler scheduler, DoubleSupplier random) {

    /** Returns real alarms and real chance with the given time. */
    static TimeSource system(Ticker ticker) {
        return new TimeSource(ticker, Scheduler::system, () -> ThreadLocalRandom.current().nextDouble());
    }
}
