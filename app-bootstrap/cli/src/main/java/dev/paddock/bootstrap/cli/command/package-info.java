/** What all commands share: options, sessions, exit status, reports of failures. Depends on {@code terminal} only. */
@NullMarked
package dev.paddock.bootstrap.cli.command;

import org.jspecify.annotations.NullMarked;

