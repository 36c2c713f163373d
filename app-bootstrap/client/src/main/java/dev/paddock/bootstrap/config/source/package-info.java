/**
 * Where values come from: overrides, system properties, environment variables, the configuration file and the defaults. {@link
 * dev.paddock.bootstrap.config.source.SettingReader} reads a key from the first of them that sets it.
 */
@NullMarked
package dev.paddock.bootstrap.config.source;

import org.jspecify.annotations.NullMarked;
