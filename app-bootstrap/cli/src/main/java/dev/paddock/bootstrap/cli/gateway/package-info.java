/** The commands that run the gateway, the simulator, and show the pool of a gateway. */
@NullMarked
package dev.paddock.bootstrap.cli.gateway;

import org.jspecify.annotations.NullMarked;

