/** A transport over plain sockets, without an HTTP library: the example of {@code docs/write-a-transport.md}. */
@NullMarked
package dev.paddock.example.socket;

import org.jspecify.annotations.NullMarked;
