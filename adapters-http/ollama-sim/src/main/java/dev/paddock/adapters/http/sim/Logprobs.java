package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.GoJson;

/** Made-up probabilities of one token, with as many alternatives as were asked for. */
final class Logprobs {
    private static final double LIKELY = -0.0625;

    private Logprobs() {
    }

    static ArrayNode of(String token, int alternatives) {
        ObjectNode entry = candidate(token, 0);
        if (alternatives > 0) {
            ArrayNode top = entry.putArray("top_logprobs");
            for (int rank = 0; rank < alternatives; rank++) {
                top.add(candidate(rank == 0 ? token : token + rank, rank));
            }
        }
        return GoJson.array().add(entry);
    }

    private static ObjectNode candidate(String token, int rank) {
        ObjectNode candidate = GoJson.object().put("token", token).put("logprob", LIKELY - rank);
        ArrayNode bytes = candidate.putArray("bytes");
        for (byte each : GoJson.bytes(token)) {
            bytes.add(Byte.toUnsignedInt(each));
        }
        return candidate;
    }
}
