/** Shows a result: as rows of figures and as an HTML page. Depends on {@code load} and {@code result}. */
@NullMarked
package dev.paddock.bootstrap.bench.report;

import org.jspecify.annotations.NullMarked;

