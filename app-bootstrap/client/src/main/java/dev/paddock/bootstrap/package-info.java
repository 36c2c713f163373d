/**
 * The client put together: {@link dev.paddock.bootstrap.Paddock} and its builder, and a module for applications that use Guice.
 */
@NullMarked
package dev.paddock.bootstrap;

import org.jspecify.annotations.NullMarked;
