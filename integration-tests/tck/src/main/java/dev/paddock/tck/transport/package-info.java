/** The conformance suites of transports: extend one, implement its factory method, get its tests. */
@NullMarked
package dev.paddock.tck.transport;

import org.jspecify.annotations.NullMarked;
