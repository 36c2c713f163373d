package dev.paddock.benchmarks.gateway;

/**
 * What a load generator saw.
 *
 * @param requests how many were answered
 * @param perSecond how many that was in a second
 * @param p50 half of them took at most this long, in microseconds
 * @param p99 all but one in a hundred took at most this long, in microseconds
 * @param failures how many were answered with anything but a success, or not at all
 */
record LoadResult(long requests, double perSecond, double p50, double p99, long failures) {}
