/** The settings of a client, and the loader that reads them. */
@NullMarked
package dev.paddock.bootstrap.config;

import org.jspecify.annotations.NullMarked;
