/** Transport over Netty: its event loops, sockets, TLS and HTTP/2. HTTP/1.1 is read by Paddock's own decoder. */
@NullMarked
package dev.paddock.adapters.http.netty;

import org.jspecify.annotations.NullMarked;
