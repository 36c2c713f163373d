/** The configuration: where its values come from, what they may be, and the settings that they make. */
@NullMarked
package dev.paddock.bootstrap.config;

import org.jspecify.annotations.NullMarked;
