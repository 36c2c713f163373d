/** What a model server is asked and what it answers. */
@NullMarked
package dev.paddock.domain.model;

import org.jspecify.annotations.NullMarked;
