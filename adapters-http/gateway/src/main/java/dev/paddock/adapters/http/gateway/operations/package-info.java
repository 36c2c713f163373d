/**
 * What the operator of a gateway sees of it: the pool of connections as JSON, all measurements as a page for Prometheus, and
 * whether the gateway lives and is ready.
 */
@NullMarked
package dev.paddock.adapters.http.gateway.operations;

import org.jspecify.annotations.NullMarked;
