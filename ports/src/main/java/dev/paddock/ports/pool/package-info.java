/** The port by which the connection pool can be observed. */
@NullMarked
package dev.paddock.ports.pool;

import org.jspecify.annotations.NullMarked;
