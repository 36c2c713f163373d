/** Request bodies while they arrive: in memory within a budget, or in a temporary file. */
@NullMarked
package dev.paddock.adapters.http.server.body;

import org.jspecify.annotations.NullMarked;
