/** The benchmark command. */
@NullMarked
package dev.paddock.bootstrap.cli.bench;

import org.jspecify.annotations.NullMarked;

