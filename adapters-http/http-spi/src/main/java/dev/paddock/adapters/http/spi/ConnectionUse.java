package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

/**
 * The use of a connection by one call.
 *
 * @param id names the connection within its transport
 * @param reused whether it had served a request before
 */
public record ConnectionUse(String id, boolean reused) {

    public ConnectionUse {
        requireNonNull(id, "id");
    }
}
