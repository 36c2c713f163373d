/** Documents of a user, as they can be searched and changed. */
@NullMarked
package dev.paddock.ports.documents;

import org.jspecify.annotations.NullMarked;
