/** Makes the distributions: archives with and without a Java runtime, and an image of a container. */
@NullMarked
package dev.paddock.bootstrap.distribution;

import org.jspecify.annotations.NullMarked;
