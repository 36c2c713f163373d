package dev.paddock.benchmarks.gateway;

/**
 * Where a measurement stands in the tables.
 *
 * @param load what is asked
 * @param connections how many ask at once
 * @param front who is asked
 */
record Cell(GatewayLoad load, int connections, LoadTarget front) {

    Cell of(LoadTarget other) {
        return new Cell(load, connections, other);
    }
}
