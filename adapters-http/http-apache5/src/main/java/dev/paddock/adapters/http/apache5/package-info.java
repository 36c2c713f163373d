/** Transport over Apache HttpClient 5: its pool of connections and its HTTP/1.1, with none of its policies. */
@NullMarked
package dev.paddock.adapters.http.apache5;

import org.jspecify.annotations.NullMarked;
