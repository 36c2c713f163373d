package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.format.ApiException;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.recording.Recording.Counter;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Answers {@code /api/embed}, {@code /api/embeddings} and {@code /v1/embeddings}. */
public final class EmbeddingService {
    private static final int FAILED = 500;
    private static final int BAD_REQUEST = 400;

    private final SimulatorState state;

    public EmbeddingService(SimulatorState state) {
        this.state = state;
    }

    public void embed(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("EmbedRequest");
        NativeCall call = NativeCall.read(request);
        boolean truncate = request.flag("truncate", true);
        int dimensions = request.integer("dimensions");
        List<String> texts = texts(request.raw("input"));
        if (texts.equals(List.of("")) && request.raw("input").isTextual()) {
            texts = List.of();
        }
        ObjectNode answer = GoJson.object().put("model", call.model());
        ArrayNode embeddings = answer.putArray("embeddings");
        try (RunnerPool.Lease lease = acquire(exchange, call)) {
            long loadNanos = Math.max(1, System.nanoTime() - exchange.startedNanos());
            if (!truncate && texts.stream().anyMatch(text -> tokens(text) > lease.runner().contextLength())) {
                throw OllamaError.TOO_LONG.with();
            }
            // A failure inside the runner is a 400 here, as in Ollama.
            vectors(exchange, lease.runner(), texts, BAD_REQUEST)
                .forEach(vector -> embeddings.add(vector.normalised(dimensions).numbers(false)));
            if (!texts.isEmpty()) {
                answer.put("total_duration", System.nanoTime() - exchange.startedNanos())
                    .put("load_duration", loadNanos)
                    .put("prompt_eval_count", texts.stream().mapToInt(EmbeddingService::tokens).sum());
            }
        }
        exchange.responder().json(answer);
    }

    /** The older endpoint: one text, one vector that is not normalised. */
    public void embedLegacy(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("EmbeddingRequest");
        String prompt = request.text("prompt");
        NativeCall call = NativeCall.read(request);
        if (!SimulatedModelName.parse(call.model()).isValid()) {
            throw OllamaError.MODEL_REQUIRED.with();
        }
        ObjectNode answer = GoJson.object();
        try (RunnerPool.Lease lease = acquire(exchange, call)) {
            List<String> texts = prompt.isEmpty() ? List.of() : List.of(prompt);
            answer.set("embedding", vectors(exchange, lease.runner(), texts, FAILED).stream()
                .map(vector -> vector.numbers(true)).findFirst().orElseGet(GoJson::array));
        }
        exchange.responder().json(answer);
    }

    public void embedOpenAi(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("EmbedRequest");
        NativeCall call = NativeCall.read(
            new RequestFields(GoJson.object().put("model", request.text("model")), "EmbedRequest"));
        String encoding = request.text("encoding_format");
        boolean base64 = "base64".equalsIgnoreCase(encoding);
        if (!encoding.isEmpty() && !base64 && !"float".equalsIgnoreCase(encoding)) {
            throw OllamaError.WRONG_ENCODING.with(encoding);
        }
        int dimensions = request.integer("dimensions");
        List<String> texts = texts(request.raw("input"));
        if (texts.isEmpty()) {
            throw OllamaError.NO_INPUT.with();
        }
        ObjectNode answer = GoJson.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        try (RunnerPool.Lease lease = acquire(exchange, call)) {
            for (EmbeddingVector vector : vectors(exchange, lease.runner(), texts, BAD_REQUEST)) {
                EmbeddingVector sent = vector.normalised(dimensions);
                data.addObject().put("object", "embedding")
                    .<ObjectNode>set("embedding", base64 ? sent.base64() : sent.numbers(false))
                    .put("index", data.size() - 1);
            }
        }
        int tokens = texts.stream().mapToInt(EmbeddingService::tokens).sum();
        answer.put("model", call.model()).putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        exchange.responder().jsonLine(200, answer);
    }

    private RunnerPool.Lease acquire(SimulatedExchange exchange, NativeCall call) {
        if (call.model().isEmpty()) {
            throw OllamaError.MODEL_NOT_FOUND.with("");
        }
        InstalledModel model = exchange.isScripted()
            ? state.catalogue().findOrInvent(call.model())
            : state.catalogue().find(call.model()).orElseThrow(() -> OllamaError.TRY_PULLING.with(call.model()));
        return state.runners().acquire(exchange, call.runnerRequest(model));
    }

    /** The vectors of all texts, in order, not normalised: one request at a time, counted and cancelled as any work. */
    private List<EmbeddingVector> vectors(
            SimulatedExchange exchange, RunnerPool.Runner runner, List<String> texts, int failure) {
        if (texts.isEmpty()) {
            return List.of();
        }
        exchange.setWorking(true);
        boolean unused = runner.slots().acquire(exchange);
        try {
            state.recording().increment(Counter.GENERATIONS_STARTED);
            exchange.faults().find(Fault.HoldLines.class).ifPresent(hold -> exchange.await(hold.latch()));
            exchange.faults().find(Fault.Stall.class).ifPresent(stall -> exchange.awaitDisconnection());
            exchange.faults().find(Fault.RunnerFailure.class).ifPresent(fault -> {
                throw ApiException.of(failure, fault.message());
            });
            exchange.pause(state.settings().promptTime().multipliedBy(texts.size()));
            int length = runner.model().model().embeddingLength();
            state.recording().increment(Counter.GENERATIONS_COMPLETED);
            ScriptedAnswer.Vectors scripted = exchange.scripted(ScriptedAnswer.Vectors.class);
            return scripted == null
                ? texts.stream().map(text -> EmbeddingVector.of(text, length)).toList()
                : IntStream.range(0, texts.size()).mapToObj(index -> EmbeddingVector.scripted(scripted.vector(index))).toList();
        } finally {
            exchange.setWorking(exchange.disconnection().isDone() && exchange.isWorking());
            runner.slots().release();
        }
    }

    private static int tokens(String text) {
        return text.isBlank() ? 1 : text.strip().split("\\s+").length + 1;
    }

    private static List<String> texts(JsonNode input) {
        if (input.isMissingNode()) {
            return List.of();
        }
        if (input.isTextual()) {
            return List.of(input.textValue());
        }
        if (!input.isArray() || !input.valueStream().allMatch(JsonNode::isTextual)) {
            throw OllamaError.WRONG_INPUT.with();
        }
        return input.valueStream().map(JsonNode::textValue).toList();
    }

    /** A vector that depends on nothing but its text. */
    private static final class EmbeddingVector {
        private final float[] values;
        private final boolean scripted;

        private EmbeddingVector(float[] values, boolean scripted) {
            this.values = values;
            this.scripted = scripted;
        }

        private static EmbeddingVector scripted(float[] values) {
            return new EmbeddingVector(values, true);
        }

        private static EmbeddingVector of(String text, int length) {
            Random random = SampleContent.random(text);
            float[] values = new float[length];
            for (int index = 0; index < length; index++) {
                values[index] = (float) random.nextGaussian();
            }
            return new EmbeddingVector(values, false);
        }

        /** The first numbers, scaled to a length of one; a limit of zero means all. A scripted vector stays as it is. */
        private EmbeddingVector normalised(int limit) {
            if (scripted) {
                return this;
            }
            float[] scaled = limit > 0 && limit < values.length ? Arrays.copyOf(values, limit) : values.clone();
            double sum = 0;
            for (float value : scaled) {
                sum += (double) value * value;
            }
            for (int index = 0; index < scaled.length; index++) {
                scaled[index] = (float) (scaled[index] / Math.sqrt(sum));
            }
            return new EmbeddingVector(scaled, false);
        }

        /** The numbers in single precision, or with the long decimals of single precision printed as double. */
        private ArrayNode numbers(boolean asDouble) {
            ArrayNode array = GoJson.array();
            for (float value : values) {
                array.addRawValue(asDouble ? GoFormat.number((double) value) : GoFormat.number(value));
            }
            return array;
        }

        /** The bytes of the single precision numbers, the least significant first. */
        private TextNode base64() {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                bytes.putFloat(value);
            }
            return new TextNode(Base64.getEncoder().encodeToString(bytes.array()));
        }
    }
}
