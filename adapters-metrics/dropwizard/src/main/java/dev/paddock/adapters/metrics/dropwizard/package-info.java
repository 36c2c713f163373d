/** Measurements kept in a Dropwizard registry and shown by JMX and as Prometheus text. */
@NullMarked
package dev.paddock.adapters.metrics.dropwizard;

import org.jspecify.annotations.NullMarked;
