/**
 * The API of a strict HTTP/1.1 server: what a {@link dev.paddock.adapters.http.server.RequestHandler} sees of a request, how it
 * responds, and the settings. No type here knows Netty. The server itself is {@code engine.HttpServer}.
 */
@NullMarked
package dev.paddock.adapters.http.server;

import dev.paddock.adapters.http.server.engine.HttpServer;
import org.jspecify.annotations.NullMarked;
