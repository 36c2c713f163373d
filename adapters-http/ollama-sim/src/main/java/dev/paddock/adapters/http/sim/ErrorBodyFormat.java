package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.GoJson;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** How an error looks as JSON: each dialect has its own way. */
enum ErrorBodyFormat {
    NATIVE {
        @Override
        ObjectNode body(int status, String message) {
            return GoJson.object().put("error", message);
        }
    },
    OPENAI {
        @Override
        ObjectNode body(int status, String message) {
            String type = switch (status) {
                case 400 -> "invalid_request_error";
                case 404 -> "not_found_error";
                default -> "api_error";
            };
            ObjectNode body = GoJson.object();
            body.putObject("error").put("message", message).put("type", type).putNull("param").putNull("code");
            return body;
        }
    },
    ANTHROPIC {
        @Override
        ObjectNode body(int status, String message) {
            String type = switch (status) {
                case 400 -> "invalid_request_error";
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 429 -> "rate_limit_error";
                case 503, 529 -> "overloaded_error";
                default -> "api_error";
            };
            ObjectNode body = GoJson.object().put("type", "error");
            body.putObject("error").put("type", type).put("message", message);
            return body.put("request_id", "req_" + randomHex());
        }
    };

    private static final int ID_BYTES = 12;

    abstract ObjectNode body(int status, String message);

    SimulatedResponse reply(SimulatedResponseWriter responder, ApiException error) {
        String text = responder.text(body(error.status(), error.text()));
        return this == NATIVE
            ? SimulatedResponse.json(error.status(), text)
            : SimulatedResponse.of(error.status(), ContentTypes.BARE_JSON, text + "\n");
    }

    /** Twenty-four hexadecimal digits, as in the ids of the Anthropic dialect. */
    static String randomHex() {
        byte[] bytes = new byte[ID_BYTES];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
