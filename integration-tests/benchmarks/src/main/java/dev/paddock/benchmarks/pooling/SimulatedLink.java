package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.testsupport.fault.Toxic;
import dev.paddock.testsupport.fault.Toxics;
import java.time.Duration;

/**
 * What lies between client and server.
 *
 * @param name what tables call it
 * @param opening what opening a connection costs before its first byte travels, zero or more
 * @param oneWay how long every byte travels in either direction, zero or more
 */
record SimulatedLink(String name, Duration opening, Duration oneWay) {

    SimulatedLink {
        requireNonNull(name, "name");
        requireNonNull(opening, "opening");
        requireNonNull(oneWay, "oneWay");
    }

    /** Returns a network: bytes travel half a round trip each way, and the handshake of TCP takes a whole one. */
    static SimulatedLink network(Duration roundTrip) {
        return new SimulatedLink("network", roundTrip, roundTrip.dividedBy(2));
    }

    /** Returns a link on which only opening a connection takes time, which is the best that can happen to a pool. */
    static SimulatedLink costlyOpening(Duration opening) {
        return new SimulatedLink("costly opening", opening, Duration.ZERO);
    }

    Toxics toxics() {
        return new Toxics(new HandshakeDelay(opening).then(Toxic.latency(oneWay)), Toxic.latency(oneWay));
    }
}
