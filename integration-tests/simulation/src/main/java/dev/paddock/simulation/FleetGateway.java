package dev.paddock.simulation;

import dev.paddock.ports.exchange.ExchangePort;

/** A gateway in front of the servers of a simulation. */
interface FleetGateway extends AutoCloseable {

    /** Returns the port that takes the calls of the gateway; it blocks the process of a call. */
    ExchangePort port();

    @Override
    void close();

    /** Makes the gateways of a fleet. */
    @FunctionalInterface
    interface Maker {

        FleetGateway make(VirtualFleet fleet, int gateway);
    }
}
