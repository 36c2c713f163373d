/** What an adapter for measurements has to do, as suites that its tests extend. */
@NullMarked
package dev.paddock.tck.metrics;

import org.jspecify.annotations.NullMarked;
