package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.Digests;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The blob store: it remembers digests, not bytes. */
final class BlobEndpoints {
    private static final String PATH = "/api/blobs/";
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern LENIENT_DIGEST = Pattern.compile("sha256[:-][0-9a-f]{64}");

    private final Set<String> stored = ConcurrentHashMap.newKeySet();

    void head(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        String digest = digest(exchange);
        if (!LENIENT_DIGEST.matcher(digest).matches()) {
            throw new ApiException(400, "invalid digest format");
        }
        if (!stored.contains(digest.replace('-', ':'))) {
            throw new ApiException(404, "blob " + ErrorTexts.quoted(digest) + " not found");
        }
        responder.respond(SimulatedResponse.empty(200));
    }

    void post(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        String digest = digest(exchange);
        if (stored.contains(digest)) {
            responder.respond(SimulatedResponse.empty(200));
            return;
        }
        if (!LENIENT_DIGEST.matcher(digest).matches()) {
            throw new ApiException(400, "invalid digest format");
        }
        String actual = "sha256:" + Digests.hex(exchange.request().body());
        if (!DIGEST.matcher(digest).matches() || !actual.equals(digest)) {
            throw new ApiException(400, "digest mismatch, expected " + ErrorTexts.quoted(digest) + ", got "
                + ErrorTexts.quoted(actual));
        }
        stored.add(digest);
        responder.respond(SimulatedResponse.empty(201));
    }

    private static String digest(SimulatedExchange exchange) {
        return exchange.request().path().substring(PATH.length());
    }
}
