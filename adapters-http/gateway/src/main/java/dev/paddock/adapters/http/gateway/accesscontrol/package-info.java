/**
 * Decides from its head whether a request is let in: the names under which the gateway may be addressed, the web pages that may use
 * it, keys, rates, and what is reserved to administrators.
 */
@NullMarked
package dev.paddock.adapters.http.gateway.accesscontrol;

import org.jspecify.annotations.NullMarked;
