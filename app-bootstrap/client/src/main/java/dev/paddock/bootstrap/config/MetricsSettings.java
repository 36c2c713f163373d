package dev.paddock.bootstrap.config;

/**
 * Where measurements are shown. Immutable.
 *
 * @param jmx whether JMX shows them
 */
public record MetricsSettings(boolean jmx) {}
