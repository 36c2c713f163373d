package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.time.Ticker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time and chance.
 *
 * @param ticker what time is measured with
 * @param alarm does something later
 * @param random gives numbers from 0 to less than 1
 */
record Clockwork(Ticker ticker, Alarm alarm, DoubleSupplier random) {

    /** Returns real alarms and real chance with the given time. */
    static Clockwork real(Ticker ticker) {
        return new Clockwork(ticker, Alarm::real, () -> ThreadLocalRandom.current().nextDouble());
    }
}
