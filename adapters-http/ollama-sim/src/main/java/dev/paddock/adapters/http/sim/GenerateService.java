package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.GoTime;
import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import java.time.Instant;
import java.util.List;

/** Answers a native generate request in any dialect. */
final class GenerateService {
    private static final int FIRST_TOKEN = 128_006;

    private final SimulatorState state;
    private final Generator generator;
    private final AnswerPlanner planner;

    GenerateService(SimulatorState state) {
        this.state = state;
        this.generator = new Generator(state);
        this.planner = new AnswerPlanner(state.settings().contents());
    }

    void answer(SimulatedExchange exchange, SimulatedResponseWriter responder, RequestFields request, AnswerFormat format) {
        String prompt = request.text("prompt");
        String suffix = request.text("suffix");
        Images.validate(request);
        NativeCall call = new NativeCall(request);
        InstalledModel model = state.catalogue().require(call.model());
        AnswerSink destination = call.stream()
            ? new StreamedAnswer(responder, format) : new CollectedAnswer(responder, format);
        if (prompt.isEmpty() && call.wantsUnload()) {
            state.runners().unloadWhenIdle(model.name());
            finish(responder, format, destination, finished(call, "unload"));
            return;
        }
        boolean raw = requireRawAlone(request);
        boolean thinks = requireCapabilities(call, model, !suffix.isEmpty());
        call.format();
        try (RunnerLease lease = state.runners().acquire(exchange, call.use(model))) {
            if (prompt.isEmpty()) {
                finish(responder, format, destination, finished(call, "load"));
                return;
            }
            GenerationRequest ask = new GenerationRequest(request.text("system") + prompt + suffix, call, thinks, List.of());
            GenerateChunkBuilder shape = new GenerateChunkBuilder(call.model(), raw ? GoJson.array() : context(ask.prompt()));
            generator.answer(exchange, lease.runner(),
                new GenerationJob(ask, planner.plan(ask), shape, Generator.sink(exchange, destination)));
        }
    }

    private static boolean requireRawAlone(RequestFields request) {
        boolean raw = request.flag("raw").orElse(false);
        boolean context = !request.list("context", "int").isEmpty();
        if (raw && (context || !request.text("template").isEmpty() || !request.text("system").isEmpty())) {
            throw new ApiException(400, "raw mode does not support template, system, or context");
        }
        return raw;
    }

    private static boolean requireCapabilities(NativeCall call, InstalledModel model, boolean insert) {
        boolean thinks = call.thinks(model);
        if (!model.can(ModelCapability.COMPLETION)) {
            throw new ApiException(400, ErrorTexts.quoted(call.model()) + " does not support generate");
        }
        if (insert && !model.can(ModelCapability.INSERT)) {
            throw new ApiException(400, model.name().full() + " does not support insert");
        }
        return thinks;
    }

    private static ObjectNode finished(NativeCall call, String reason) {
        return GoJson.object().put("model", call.model()).put("created_at", GoTime.utc(Instant.now()))
            .put("response", "").put("done", true).put("done_reason", reason);
    }

    /** Loading and unloading are answered by a single object in the native dialect, whether or not it streams. */
    private static void finish(
            SimulatedResponseWriter responder, AnswerFormat format, AnswerSink destination, ObjectNode reply) {
        if (format instanceof NativeFormat) {
            responder.json(200, reply);
            return;
        }
        destination.chunk(reply);
        destination.end();
    }

    private static ArrayNode context(String prompt) {
        ArrayNode tokens = GoJson.array();
        prompt.codePoints().forEach(character -> tokens.add(FIRST_TOKEN + character));
        return tokens;
    }
}
