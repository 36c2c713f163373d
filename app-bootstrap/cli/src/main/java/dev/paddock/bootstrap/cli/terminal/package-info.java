/** The terminal and the signals of the process. Depends on no other package of the command line. */
@NullMarked
package dev.paddock.bootstrap.cli.terminal;

import org.jspecify.annotations.NullMarked;

