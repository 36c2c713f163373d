/** The gateway: answers HTTP requests by relaying them to a model server, or by its own endpoints. */
@NullMarked
package dev.paddock.adapters.http.gateway;

import org.jspecify.annotations.NullMarked;
