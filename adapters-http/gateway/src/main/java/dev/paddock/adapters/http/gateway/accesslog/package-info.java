/** The access log: one line for each request that has ended, without its content. */
@NullMarked
package dev.paddock.adapters.http.gateway.accesslog;

import org.jspecify.annotations.NullMarked;
