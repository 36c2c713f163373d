/** Sends a load to a server and measures it. Depends on {@code load} and {@code result}. */
@NullMarked
package dev.paddock.bootstrap.bench.run;

import org.jspecify.annotations.NullMarked;

