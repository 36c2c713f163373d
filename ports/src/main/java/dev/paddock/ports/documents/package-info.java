/** Documents of a user: how they are searched and changed, and how a model answers questions from them. */
@NullMarked
package dev.paddock.ports.documents;

import org.jspecify.annotations.NullMarked;
