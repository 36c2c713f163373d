/** Commands for documents. */
@NullMarked
package dev.paddock.bootstrap.cli.documents;

import org.jspecify.annotations.NullMarked;
