/** The models that a server has. */
@NullMarked
package dev.paddock.domain.model.catalog;

import org.jspecify.annotations.NullMarked;
