package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.util.ArrayList;
import java.util.List;

/** Answers {@code /api/embed}, {@code /api/embeddings} and {@code /v1/embeddings}. */
final class EmbedService {
    private final SimulatorState state;
    private final Embedder embedder;

    EmbedService(SimulatorState state) {
        this.state = state;
        this.embedder = new Embedder(state);
    }

    void embed(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("EmbedRequest");
        NativeCall call = new NativeCall(request);
        boolean truncate = request.flag("truncate").orElse(true);
        int dimensions = request.integer("dimensions").orElse(0);
        List<String> texts = texts(request.raw("input"), "invalid input type");
        if (texts.equals(List.of("")) && request.raw("input").isTextual()) {
            texts = List.of();
        }
        GenerationTimings stopwatch = new GenerationTimings(exchange.startedNanos());
        ObjectNode answer = GoJson.object().put("model", call.model());
        ArrayNode embeddings = answer.putArray("embeddings");
        try (RunnerLease lease = acquire(exchange, call)) {
            stopwatch.loaded();
            requireFits(texts, truncate, lease.runner());
            embed(exchange, lease.runner(), texts)
                .forEach(vector -> embeddings.add(vector.shortened(dimensions).normalised().singles()));
        }
        if (!texts.isEmpty()) {
            answer.put("total_duration", System.nanoTime() - exchange.startedNanos())
                .put("load_duration", stopwatch.loadNanos())
                .put("prompt_eval_count", texts.stream().mapToInt(Embedder::tokens).sum());
        }
        responder.json(200, answer);
    }

    /** Whatever goes wrong inside the runner is a 400 here, as in Ollama. */
    private List<EmbeddingVector> embed(SimulatedExchange exchange, Runner runner, List<String> texts) {
        try {
            return texts.isEmpty() ? List.of() : embedder.embed(exchange, runner, texts);
        } catch (RunnerFailedException failure) {
            throw new ApiException(400, failure.text());
        }
    }

    private static void requireFits(List<String> texts, boolean truncate, Runner runner) {
        boolean tooLong = texts.stream().anyMatch(text -> Embedder.tokens(text) > runner.options().contextLength());
        if (tooLong && !truncate) {
            throw new ApiException(400, ErrorTexts.TOO_LONG);
        }
    }

    void embedLegacy(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("EmbeddingRequest");
        String prompt = request.text("prompt");
        NativeCall call = new NativeCall(request);
        if (!SimulatedModelName.parse(call.model()).isValid()) {
            throw new ApiException(400, ErrorTexts.MODEL_REQUIRED);
        }
        ObjectNode answer = GoJson.object();
        try (RunnerLease lease = acquire(exchange, call)) {
            if (prompt.isEmpty()) {
                answer.putArray("embedding");
            } else {
                answer.set("embedding", embedder.embed(exchange, lease.runner(), List.of(prompt)).get(0).doubles());
            }
        } catch (RunnerFailedException failure) {
            throw new ApiException(500, failure.text());
        }
        responder.json(200, answer);
    }

    void embedOpenAi(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("EmbedRequest");
        NativeCall call = new NativeCall(new RequestFields(
            GoJson.object().put("model", request.text("model")), "EmbedRequest"));
        String encoding = request.text("encoding_format");
        boolean base64 = "base64".equalsIgnoreCase(encoding);
        if (!encoding.isEmpty() && !base64 && !"float".equalsIgnoreCase(encoding)) {
            throw new ApiException(400, "invalid value for 'encoding_format': " + encoding
                + " (must be \"float\" or \"base64\")");
        }
        int dimensions = request.integer("dimensions").orElse(0);
        List<String> texts = texts(request.raw("input"), "invalid input type");
        if (texts.isEmpty()) {
            throw new ApiException(400, "invalid input");
        }
        ObjectNode answer = GoJson.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        try (RunnerLease lease = acquire(exchange, call)) {
            for (EmbeddingVector vector : embed(exchange, lease.runner(), texts)) {
                data.add(entry(vector.shortened(dimensions).normalised(), base64, data.size()));
            }
        }
        int tokens = texts.stream().mapToInt(Embedder::tokens).sum();
        answer.put("model", call.model()).putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        responder.respond(SimulatedResponse.of(200, ContentTypes.BARE_JSON, responder.text(answer) + "\n"));
    }

    private static ObjectNode entry(EmbeddingVector vector, boolean base64, int index) {
        ObjectNode entry = GoJson.object().put("object", "embedding");
        if (base64) {
            entry.put("embedding", vector.base64());
        } else {
            entry.set("embedding", vector.singles());
        }
        return entry.put("index", index);
    }

    private RunnerLease acquire(SimulatedExchange exchange, NativeCall call) {
        if (call.model().isEmpty()) {
            throw new ApiException(404, ErrorTexts.modelNotFound(""));
        }
        InstalledModel model = state.catalogue().find(call.model())
            .orElseThrow(() -> new ApiException(404, ErrorTexts.notFoundTryPulling(call.model())));
        return state.runners().acquire(exchange, call.use(model));
    }

    private static List<String> texts(JsonNode input, String complaint) {
        if (input.isMissingNode()) {
            return List.of();
        }
        if (input.isTextual()) {
            return List.of(input.textValue());
        }
        if (!input.isArray()) {
            throw new ApiException(400, complaint);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : input) {
            if (!element.isTextual()) {
                throw new ApiException(400, complaint);
            }
            texts.add(element.textValue());
        }
        return texts;
    }
}
