/** The command line: what a user types becomes calls, answers and an exit status. */
@NullMarked
package dev.paddock.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
