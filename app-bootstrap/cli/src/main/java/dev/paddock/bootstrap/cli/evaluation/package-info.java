/** Measures how often a semantic cache would be wrong. */
@NullMarked
package dev.paddock.bootstrap.cli.evaluation;

import org.jspecify.annotations.NullMarked;
