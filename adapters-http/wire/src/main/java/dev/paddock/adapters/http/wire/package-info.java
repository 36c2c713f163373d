/** What a model server is told and what it answers, as seen by those who do not care which dialect it speaks. */
@NullMarked
package dev.paddock.adapters.http.wire;

import org.jspecify.annotations.NullMarked;
