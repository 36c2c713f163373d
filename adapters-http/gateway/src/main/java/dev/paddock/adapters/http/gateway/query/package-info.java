/** Questions about documents: the endpoints that answer them, whole and as streams. */
@NullMarked
package dev.paddock.adapters.http.gateway.query;

import org.jspecify.annotations.NullMarked;
