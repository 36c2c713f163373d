/** Reads settings and counts from the JSON of requests and answers. */
@NullMarked
package dev.paddock.adapters.http.wire.telemetry;

import org.jspecify.annotations.NullMarked;
