/** Spring's clients over Paddock. */
@NullMarked
package dev.paddock.adapters.http.bridge.spring;

import org.jspecify.annotations.NullMarked;
