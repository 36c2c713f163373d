/** The seam that a transport adapter implements: one call, its response, its failure. */
@NullMarked
package dev.paddock.adapters.http.spi;

import org.jspecify.annotations.NullMarked;
