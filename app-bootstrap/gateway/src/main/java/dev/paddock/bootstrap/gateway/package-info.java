/**
 * The gateway as an application: its keys in the configuration, and {@link dev.paddock.bootstrap.gateway.PaddockGateway}, which puts
 * a client and the gateway's server together.
 */
@NullMarked
package dev.paddock.bootstrap.gateway;

import org.jspecify.annotations.NullMarked;
