/** Transport over OkHttp: its pool of connections and its reading of responses, with none of its policies. */
@NullMarked
package dev.paddock.adapters.http.okhttp;

import org.jspecify.annotations.NullMarked;
