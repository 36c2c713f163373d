/** The rules of a hexagonal architecture, with the names of packages as parameters. */
@NullMarked
package dev.paddock.architecture.rules;

import org.jspecify.annotations.NullMarked;
