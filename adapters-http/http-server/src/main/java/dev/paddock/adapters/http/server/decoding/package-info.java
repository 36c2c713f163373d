/** Strict decoding of requests: Netty's decoder, and checks of the bytes that it accepts and of the head that it returns. */
@NullMarked
package dev.paddock.adapters.http.server.decoding;

import org.jspecify.annotations.NullMarked;
