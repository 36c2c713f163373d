/** The running server: its listening socket, connections, flow control, timeouts and graceful shutdown. */
@NullMarked
package dev.paddock.adapters.http.server.engine;

import org.jspecify.annotations.NullMarked;
