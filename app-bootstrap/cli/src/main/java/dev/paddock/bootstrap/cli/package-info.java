/** The command line: the parser, the list of commands and the entry point of the process. */
@NullMarked
package dev.paddock.bootstrap.cli;

import org.jspecify.annotations.NullMarked;

