/** The measurements that Paddock takes, as typed constants. */
@NullMarked
package dev.paddock.domain.metrics;

import org.jspecify.annotations.NullMarked;
