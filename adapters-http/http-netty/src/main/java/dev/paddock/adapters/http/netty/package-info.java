/** Transport over Netty: its event loops, its sockets and its TLS. HTTP/1.1 is read by Paddock's own decoder. */
@NullMarked
package dev.paddock.adapters.http.netty;

import org.jspecify.annotations.NullMarked;
