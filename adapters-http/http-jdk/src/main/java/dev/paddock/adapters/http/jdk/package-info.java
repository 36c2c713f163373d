/** Transport over the HTTP client of the JDK: its pool of connections and its HTTP, with none of its policies. */
@NullMarked
package dev.paddock.adapters.http.jdk;

import org.jspecify.annotations.NullMarked;
