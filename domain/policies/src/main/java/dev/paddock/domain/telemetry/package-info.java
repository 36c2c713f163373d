/** What may be shown of requests and answers: settings and counts, never content. */
@NullMarked
package dev.paddock.domain.telemetry;

import org.jspecify.annotations.NullMarked;
