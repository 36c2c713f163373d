/** Spans and metrics by the conventions of OpenTelemetry. */
@NullMarked
package dev.paddock.adapters.metrics.opentelemetry;

import org.jspecify.annotations.NullMarked;
