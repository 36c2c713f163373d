/** The port through which every request to a model server passes. */
@NullMarked
package dev.paddock.ports.exchange;

import org.jspecify.annotations.NullMarked;
