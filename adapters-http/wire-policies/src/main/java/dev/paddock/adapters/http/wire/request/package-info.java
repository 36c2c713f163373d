/** What requests that others have written mean. */
@NullMarked
package dev.paddock.adapters.http.wire.request;

import org.jspecify.annotations.NullMarked;
