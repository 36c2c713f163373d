package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.testsupport.fault.TcpConnection;
import dev.paddock.testsupport.fault.Toxic;
import dev.paddock.testsupport.fault.Toxics;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured.
 *
 * @param link what lies between client and server
 * @param secure whether TLS is spoken
 * @param modelLatency how long the model takes for an answer, zero or more
 */
record PoolingScenario(SimulatedLink link, boolean secure, Duration modelLatency) {

    private static final List<Duration> COSTS = List.of(Duration.ZERO, Duration.ofMillis(25), Duration.ofMillis(50));
    private static final List<Duration> THINKING = List.of(Duration.ZERO, Duration.ofMillis(50));

    PoolingScenario {
        requireNonNull(link, "link");
        requireNonNull(modelLatency, "modelLatency");
    }

    /** Returns all settings, in the order of the tables. */
    static List<PoolingScenario> all() {
        List<PoolingScenario> settings = new ArrayList<>();
        for (boolean secure : new boolean[] {false, true}) {
            for (Duration cost : COSTS) {
                THINKING.forEach(modelLatency -> settings.add(new PoolingScenario(SimulatedLink.network(cost), secure, modelLatency)));
            }
        }
        COSTS.stream().filter(Duration::isPositive).forEach(cost -> THINKING.forEach(
                modelLatency -> settings.add(new PoolingScenario(SimulatedLink.costlyOpening(cost), false, modelLatency))));
        return List.copyOf(settings);
    }

    /** Returns whether nothing but computing takes time; many more calls are needed then, and are quick. */
    boolean waitsForNothing() {
        return link.opening().isZero() && modelLatency.isZero();
    }

    String protocol() {
        return secure ? "TLS" : "plain";
    }

    /** Returns this scenario as text for a sentence. */
    String describe() {
        return protocol() + " " + link.opening().toMillis() + " ms, model " + modelLatency.toMillis() + " ms"
                + (link.oneWay().equals(link.opening().dividedBy(2)) ? "" : ", " + link.name());
    }

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

        /**
         * Simulates the handshake of TCP: nothing is sent to the server before the given time has passed since the
         * connection was opened. A client that speaks first, as every one of HTTP and TLS does, cannot tell it from a slow
         * {@code connect}.
         *
         * @param time how long it takes, zero or more
         */
        record HandshakeDelay(Duration time) implements Toxic {

            HandshakeDelay {
                if (requireNonNull(time, "time").isNegative()) {
                    throw new IllegalArgumentException("a handshake takes no negative time");
                }
            }

            @Override
            public OutputStream on(OutputStream next, TcpConnection wire) {
                long over = System.nanoTime() + time.toNanos();
                return new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        write(new byte[] {(byte) value}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        wire.pause(Duration.ofNanos(over - System.nanoTime()));
                        next.write(bytes, offset, length);
                    }

                    @Override
                    public void flush() throws IOException {
                        next.flush();
                    }

                    @Override
                    public void close() throws IOException {
                        next.close();
                    }
                };
            }
        }
    }
}
