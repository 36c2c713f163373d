/**
 * Puts everything together: {@link Paddock} for those who just start it, {@link PaddockModule} for users of Guice.
 */
@NullMarked
package dev.paddock.bootstrap;

import org.jspecify.annotations.NullMarked;
