/**
 * A strict HTTP/1.1 server: framing, limits, flow control and the end of connections. What it answers is decided by a
 * {@link dev.paddock.adapters.http.server.RequestHandler}, which knows nothing of the library that frames.
 */
@NullMarked
package dev.paddock.adapters.http.server;

import org.jspecify.annotations.NullMarked;
