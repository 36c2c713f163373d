/** State that several processes share in Redis or Valkey: stored answers, rate limits and leases. */
@NullMarked
package dev.paddock.adapters.http.sharedstate;

import org.jspecify.annotations.NullMarked;
