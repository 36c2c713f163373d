package dev.paddock.bootstrap.config;

/**
 * What becomes of the measurements. Immutable.
 *
 * @param jmx whether they can be seen by JMX
 */
public record MetricsSettings(boolean jmx) {}
