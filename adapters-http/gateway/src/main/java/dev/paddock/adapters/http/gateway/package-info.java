/** The gateway: what answers HTTP requests by relaying them to a model server, and what its operators see of it. */
@NullMarked
package dev.paddock.adapters.http.gateway;

import org.jspecify.annotations.NullMarked;
