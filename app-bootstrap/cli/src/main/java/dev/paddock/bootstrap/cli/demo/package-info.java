/** The demonstration of connection pooling. */
@NullMarked
package dev.paddock.bootstrap.cli.demo;

import org.jspecify.annotations.NullMarked;

