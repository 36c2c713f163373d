/** Access control: decides by host name, origin, API key, rate limit and access class whether a request is admitted. */
@NullMarked
package dev.paddock.adapters.http.gateway.accesscontrol;

import org.jspecify.annotations.NullMarked;
