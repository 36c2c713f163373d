/**
 * Passes requests on to a model server and its answers back, unchanged: which path is which operation, which fields of a head
 * travel, and how a failure is told in the protocol that the client speaks.
 */
@NullMarked
package dev.paddock.adapters.http.gateway.relay;

import org.jspecify.annotations.NullMarked;
