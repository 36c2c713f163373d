/** The export of spans and metrics by OTLP. */
@NullMarked
package dev.paddock.adapters.metrics.opentelemetry.otlp;

import org.jspecify.annotations.NullMarked;
