package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import java.time.Duration;

/**
 * One way of making the calls of the demonstration.
 *
 * @param calls how many calls are made, at least 2
 * @param callers how many at a time, at least 1
 * @param connectionCost what the server adds to the first request of a connection
 * @param transport what makes the connections
 */
record DemoScenario(int calls, int callers, Duration connectionCost, HttpTransportFactory transport) {

    DemoScenario {
        requireNonNull(connectionCost, "connectionCost");
        requireNonNull(transport, "transport");
    }

    String title() {
        String who = callers == 1 ? "One caller" : callers + " callers at once";
        return connectionCost.isZero()
                ? who + ", connections at no added cost"
                : who + ", each new connection costs " + connectionCost.toMillis() + " ms";
    }
}
