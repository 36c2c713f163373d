package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.GoTime;
import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.time.Instant;
import java.util.List;

/** Answers a native chat request in any dialect; the dialects translate their requests into native ones first. */
final class ChatService {
    private final SimulatorState state;
    private final Generator generator;
    private final AnswerPlanner planner;

    ChatService(SimulatorState state) {
        this.state = state;
        this.generator = new Generator(state);
        this.planner = new AnswerPlanner(state.settings().contents());
    }

    void answer(SimulatedExchange exchange, SimulatedResponseWriter responder, RequestFields request, AnswerFormat format) {
        ChatMessages messages = ChatMessages.read(request);
        NativeCall call = new NativeCall(request);
        List<JsonNode> tools = request.list("tools", "api.Tool");
        if (!SimulatedModelName.parse(call.model()).isValid()) {
            throw new ApiException(400, ErrorTexts.MODEL_REQUIRED);
        }
        InstalledModel model = state.catalogue().require(call.model());
        if (messages.isEmpty() && call.wantsUnload()) {
            state.runners().unloadWhenIdle(model.name());
            responder.json(200, finished(call, "unload"));
            return;
        }
        boolean thinks = requireCapabilities(call, model, !tools.isEmpty());
        call.format();
        try (RunnerLease lease = state.runners().acquire(exchange, call.use(model))) {
            if (messages.isEmpty()) {
                responder.json(200, finished(call, "load"));
                return;
            }
            GenerationRequest ask = new GenerationRequest(messages.prompt(), call, thinks, messages.endWithToolResult() ? List.of() : tools);
            AnswerSink destination = call.stream()
                ? new StreamedAnswer(responder, format) : new CollectedAnswer(responder, format);
            generator.answer(exchange, lease.runner(), new GenerationJob(ask, planner.plan(ask),
                new ChatChunkBuilder(call.model()), Generator.sink(exchange, destination)));
        }
    }

    private static boolean requireCapabilities(NativeCall call, InstalledModel model, boolean tools) {
        boolean thinks = call.thinks(model);
        if (!model.can(ModelCapability.COMPLETION)) {
            throw new ApiException(400, ErrorTexts.quoted(call.model()) + " does not support chat");
        }
        if (tools && !model.can(ModelCapability.TOOLS)) {
            throw new ApiException(400, model.name().full() + " does not support tools");
        }
        return thinks;
    }

    private static ObjectNode finished(NativeCall call, String reason) {
        ObjectNode reply = GoJson.object().put("model", call.model()).put("created_at", GoTime.utc(Instant.now()));
        reply.putObject("message").put("role", "assistant").put("content", "");
        return reply.put("done_reason", reason).put("done", true);
    }
}
