/** What requests and answers say about the choice of a server. */
@NullMarked
package dev.paddock.adapters.http.wire.routing;

import org.jspecify.annotations.NullMarked;
