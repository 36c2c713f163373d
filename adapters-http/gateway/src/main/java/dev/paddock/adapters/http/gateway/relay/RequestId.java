package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Headers;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id of a request, which finds it in the logs of every server that it passes. */
public final class RequestId {

    /** The header of the id, in requests and responses. */
    public static final String FIELD = "X-Request-Id";

    /** The header of the id that the model server gave the request, in responses. */
    static final String UPSTREAM_FIELD = "X-Upstream-Request-Id";

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private RequestId() {}

    /**
     * Returns the id that the client gave if it consists of 1 to 64 letters, digits, {@code _} and {@code -}; otherwise a new one,
     * which is not secret.
     */
    public static String of(Headers headers) {
        String given = headers.first(FIELD);
        if (given != null && ACCEPTED.matcher(given).matches()) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return "req_" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong(), 8);
    }
}
