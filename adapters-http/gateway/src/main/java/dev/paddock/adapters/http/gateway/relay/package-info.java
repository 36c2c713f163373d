/** The relay: the operations of the APIs by path, the forwarded headers, and errors in the format of the client's API. */
@NullMarked
package dev.paddock.adapters.http.gateway.relay;

import org.jspecify.annotations.NullMarked;
