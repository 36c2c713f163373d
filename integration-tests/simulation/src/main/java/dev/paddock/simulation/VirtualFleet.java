package dev.paddock.simulation;

import java.util.List;

/**
 * The servers of a simulation.
 *
 * @param size how many servers and gateways there are
 * @param time what passes
 * @param servers in order
 */
record VirtualFleet(FleetSize size, VirtualTime time, List<VirtualOllama> servers) {

    VirtualFleet {
        servers = List.copyOf(servers);
    }
}
