/** What the gateway costs, next to HAProxy and nginx before the same server. */
@NullMarked
package dev.paddock.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
