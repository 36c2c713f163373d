/** Shows a result: as tables and as an HTML page. Depends on {@code load}, {@code result} and {@code comparison}. */
@NullMarked
package dev.paddock.bootstrap.bench.report;

import org.jspecify.annotations.NullMarked;

