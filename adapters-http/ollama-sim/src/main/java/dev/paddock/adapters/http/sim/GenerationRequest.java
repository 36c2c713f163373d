package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param prompt everything the model reads, as one text
 * @param tools the tools it may call; empty when it shall answer in words
 */
record GenerationRequest(String prompt, NativeCall call, boolean thinks, List<JsonNode> tools) {
    GenerationRequest {
        tools = List.copyOf(tools);
    }
}
