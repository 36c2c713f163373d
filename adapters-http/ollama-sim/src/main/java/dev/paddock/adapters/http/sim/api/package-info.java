/** Routes and endpoints, and the formats of the OpenAI and Anthropic APIs. Internal. */
@NullMarked
package dev.paddock.adapters.http.sim.api;

import org.jspecify.annotations.NullMarked;
