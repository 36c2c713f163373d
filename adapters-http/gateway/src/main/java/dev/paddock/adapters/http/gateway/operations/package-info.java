/** The endpoints for operators: the connection pool as JSON, the metrics for Prometheus, liveness and readiness. */
@NullMarked
package dev.paddock.adapters.http.gateway.operations;

import org.jspecify.annotations.NullMarked;
