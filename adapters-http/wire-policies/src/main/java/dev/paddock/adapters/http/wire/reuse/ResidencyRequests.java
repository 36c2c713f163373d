package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.CanonicalJson;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.ExchangeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes requests that keep a model loaded as long as another request asks for, without asking the model anything. */
public final class ResidencyRequests {

    private static final List<String> KEPT = List.of("model", "options", "keep_alive");

    private ResidencyRequests() {}

    /**
     * Returns the request to keep the model of the given one: the same model with the same options, because others would load it anew.
     * Null when the request does not ask for that, or its API cannot.
     */
    public static @Nullable ExchangeRequest of(ExchangeRequest request) {
        ReuseEndpoint endpoint = ReuseEndpoint.of(request.target());
        if (endpoint == null || !endpoint.isNative() || !request.body().isInMemory()) {
            return null;
        }
        try {
            Map<String, @Nullable Object> fields = CanonicalJson.readObject(request.body().bytes());
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            for (String name : KEPT) {
                if (fields.get(name) != null) {
                    kept.put(name, fields.get(name));
                }
            }
            if (!kept.containsKey("keep_alive")) {
                return null;
            }
            kept.put("stream", false);
            ExchangeRequest load = ExchangeRequest.post(
                            request.operation(), request.target(), PlainJson.toText(kept).getBytes(StandardCharsets.UTF_8))
                    .withHeaders(request.headers());
            return request.model() == null ? load : load.withModel(request.model());
        } catch (IOException notJson) {
            return null;
        }
    }
}
