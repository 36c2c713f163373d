/** Sends a load to a server, measures what comes of it, and compares one measurement with another. */
@NullMarked
package dev.paddock.bootstrap.bench;

import org.jspecify.annotations.NullMarked;
