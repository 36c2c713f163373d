package dev.paddock.adapters.http.sim.api;

import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponse;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.OllamaError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The blob store: it remembers digests, not bytes. */
final class BlobEndpoints {
    private static final String PATH = "/api/blobs/";
    private static final String LENIENT_DIGEST = "sha256[:-][0-9a-f]{64}";

    private final Set<String> stored = ConcurrentHashMap.newKeySet();

    void head(SimulatedExchange exchange) {
        String digest = digest(exchange);
        if (!digest.matches(LENIENT_DIGEST)) {
            throw OllamaError.INVALID_DIGEST.with();
        }
        if (!stored.contains(digest.replace('-', ':'))) {
            throw OllamaError.BLOB_NOT_FOUND.with(digest);
        }
        exchange.responder().respond(SimulatedResponse.empty(200));
    }

    /** A digest with a hyphen passes the first check, but never equals the digest of the body. */
    void post(SimulatedExchange exchange) {
        String digest = digest(exchange);
        if (stored.contains(digest)) {
            exchange.responder().respond(SimulatedResponse.empty(200));
            return;
        }
        if (!digest.matches(LENIENT_DIGEST)) {
            throw OllamaError.INVALID_DIGEST.with();
        }
        String actual = "sha256:" + GoFormat.sha256(exchange.body());
        if (!actual.equals(digest)) {
            throw OllamaError.DIGEST_MISMATCH.with(digest, actual);
        }
        stored.add(digest);
        exchange.responder().respond(SimulatedResponse.empty(201));
    }

    private static String digest(SimulatedExchange exchange) {
        return exchange.request().path().substring(PATH.length());
    }
}
