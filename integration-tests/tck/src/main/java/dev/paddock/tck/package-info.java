/** What all suites share. */
@NullMarked
package dev.paddock.tck;

import org.jspecify.annotations.NullMarked;
