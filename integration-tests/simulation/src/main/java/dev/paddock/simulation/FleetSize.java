package dev.paddock.simulation;

import java.time.Duration;

/**
 * The size of a simulated fleet.
 *
 * @param callers they make calls; one of a hundred makes as many as thirty usual ones
 * @param backends servers
 * @param gateways each gets the calls of its share of the callers
 * @param models how many there are; the second is asked for half as often as the first, the third a third as often
 * @param room models that a server has in memory at once
 * @param slots calls to one model that a server answers at once
 * @param duration how long calls are made
 */
record FleetSize(int callers, int backends, int gateways, int models, int room, int slots, Duration duration) {

    /** How long a server needs to load a model. */
    static final Duration LOAD = Duration.ofSeconds(20);

    /** How long a caller waits for the first frame. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    FleetSize withBackends(int number) {
        return new FleetSize(callers, number, gateways, models, room, slots, duration);
    }

    FleetSize withModels(int number) {
        return new FleetSize(callers, backends, gateways, number, room, slots, duration);
    }

    FleetSize withDuration(Duration time) {
        return new FleetSize(callers, backends, gateways, models, room, slots, time);
    }

    FleetSize withGateways(int number) {
        return new FleetSize(callers, backends, number, models, room, slots, duration);
    }

    /** Returns how many calls per second the servers answer while all of their slots are used and nothing is loaded. */
    double capacity() {
        return backends * room * slots / FleetTrace.MEAN_SERVICE_SECONDS;
    }
}
