/** What every request of a model and every answer has in common: names, options, usage and times. */
@NullMarked
package dev.paddock.domain.model;

import org.jspecify.annotations.NullMarked;
