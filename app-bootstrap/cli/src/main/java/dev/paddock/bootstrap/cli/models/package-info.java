/** The commands that list, show and download models. */
@NullMarked
package dev.paddock.bootstrap.cli.models;

import org.jspecify.annotations.NullMarked;

