package dev.paddock.benchmarks.gateway;

/**
 * One run of a load.
 *
 * @param reading what the load generator saw
 * @param processorMicros the processor time of what was measured for each request, in microseconds
 */
record GatewayMeasurement(LoadResult reading, double processorMicros) {}
