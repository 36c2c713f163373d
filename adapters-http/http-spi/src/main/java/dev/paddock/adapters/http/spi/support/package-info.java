/**
 * Building blocks for transport adapters: the parts that every adapter needs and that no HTTP library provides. An adapter may use
 * all of them, some, or none; the contract is {@link dev.paddock.adapters.http.spi.HttpTransport}.
 */
@NullMarked
package dev.paddock.adapters.http.spi.support;

import org.jspecify.annotations.NullMarked;
