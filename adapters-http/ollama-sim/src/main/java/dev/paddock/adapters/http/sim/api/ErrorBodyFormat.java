package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponseWriter;
import dev.paddock.adapters.http.sim.format.ApiException;
import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.Templates;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The shape of an error in each API. */
enum ErrorBodyFormat {
    NATIVE,
    OPENAI,
    ANTHROPIC;

    private static final Templates TEMPLATES = new Templates(ErrorBodyFormat.class, "errors.json");
    private static final int ID_BYTES = 12;

    void respond(SimulatedResponseWriter responder, ApiException error) {
        String api = name().toLowerCase(Locale.ROOT);
        ObjectNode values = GoJson.object().put("message", error.text()).put("request_id", "req_" + randomHex())
            .put("type", TEMPLATES.fill(api + " types", GoJson.object()).path(String.valueOf(error.status()))
                .asText("api_error"));
        ObjectNode body = TEMPLATES.fill(api, values);
        if (this == NATIVE) {
            responder.respond(error.status(), ContentTypes.JSON, responder.text(body));
        } else {
            responder.jsonLine(error.status(), body);
        }
    }

    /** Twenty-four hexadecimal digits, as in the ids of the Anthropic API. */
    static String randomHex() {
        byte[] bytes = new byte[ID_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
