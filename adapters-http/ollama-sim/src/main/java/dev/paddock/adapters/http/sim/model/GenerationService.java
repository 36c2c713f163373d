package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.recording.Recording.Counter;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import java.time.Instant;
import java.time.ZoneOffset;

/** Answers native chat and generate requests in any format; the other APIs translate their requests first. */
public final class GenerationService {
    private static final int FIRST_CONTEXT_TOKEN = 128_006;

    private final SimulatorState state;
    private final AnswerPlanner planner;

    public GenerationService(SimulatorState state) {
        this.state = state;
        this.planner = new AnswerPlanner(state.settings());
    }

    public void chat(SimulatedExchange exchange, RequestFields request, AnswerFormat format) {
        answer(exchange, GenerationRequest.chat(request), format);
    }

    public void generate(SimulatedExchange exchange, RequestFields request, AnswerFormat format) {
        answer(exchange, GenerationRequest.generate(request), format);
    }

    private void answer(SimulatedExchange exchange, GenerationRequest request, AnswerFormat format) {
        String name = request.call().model();
        InstalledModel model = exchange.isScripted() ? state.catalogue().findOrInvent(name) : state.catalogue().require(name);
        AnswerWriter writer = new AnswerWriter(exchange, format,
            request.call().stream() ? AnswerWriter.Mode.STREAMED : AnswerWriter.Mode.MERGED,
            state.settings().release());
        if (request.empty() && request.call().wantsUnload()) {
            state.runners().unloadWhenIdle(model.name());
            finish(exchange, request, format, writer, "unload");
            return;
        }
        if (!exchange.isScripted()) {
            request.requireCapabilities(model);
        }
        var unusedFormat = request.call().format();
        try (RunnerPool.Lease lease = state.runners().acquire(exchange, request.call().runnerRequest(model))) {
            if (request.empty()) {
                finish(exchange, request, format, writer, "load");
                return;
            }
            long loaded = System.nanoTime();
            exchange.setWorking(true);
            boolean unused = lease.runner().slots().acquire(exchange);
            writer.write(sink -> {
                try {
                    generate(exchange, lease.runner(), request, sink, loaded);
                } catch (AnswerWriter.RunnerFailedException failure) {
                    exchange.setWorking(false);
                    throw failure;
                } finally {
                    lease.runner().slots().release();
                }
            });
        }
    }

    /** Loading and unloading are answered by a single object in the native format, whether or not it streams. */
    private static void finish(
            SimulatedExchange exchange, GenerationRequest request, AnswerFormat format, AnswerWriter writer,
            String reason) {
        ObjectNode last = head(request).put("content", "").put("done", true).put("done_reason", reason);
        if (format instanceof AnswerFormat.NativeFormat) {
            exchange.responder().json(AnswerFormat.NativeFormat.TEMPLATES.fill(request.endpoint(), last));
        } else {
            writer.write(sink -> sink.chunk(last));
        }
    }

    private static ObjectNode head(GenerationRequest request) {
        return GoJson.object().put("model", request.call().model())
            .put("created_at", GoFormat.time(Instant.now(), ZoneOffset.UTC));
    }

    private void generate(
            SimulatedExchange exchange, RunnerPool.Runner runner, GenerationRequest request, AnswerWriter sink,
            long loaded) {
        ScriptedAnswer.Generation scripted = exchange.scripted(ScriptedAnswer.Generation.class);
        AnswerPlanner.AnswerPlan plan = scripted == null
            ? planner.plan(request, request.call().thinks(runner.model()))
            : planner.plan(request, scripted);
        state.recording().increment(Counter.GENERATIONS_STARTED);
        long started = System.nanoTime();
        exchange.pause(state.settings().promptTime());
        long prompted = System.nanoTime();
        for (ObjectNode token : plan.tokens()) {
            exchange.pause(state.settings().tokenInterval());
            sink.chunk(head(request).<ObjectNode>setAll(token).put("done", false));
            state.recording().increment(Counter.TOKENS_SENT);
        }
        ObjectNode last = head(request).put("content", "").put("done", true).put("done_reason", plan.doneReason());
        if (request.wantsContext()) {
            last.set("context", context(request.prompt()));
        }
        long now = System.nanoTime();
        last.put("total_duration", now - exchange.startedNanos())
            .put("load_duration", Math.max(1, loaded - exchange.startedNanos()))
            .put("prompt_eval_duration", Math.max(1, prompted - started));
        if (!isCountOmitted(runner, request)) {
            last.put("prompt_eval_count", plan.promptTokens());
        }
        if (!plan.tokens().isEmpty()) {
            last.put("eval_count", plan.tokens().size()).put("eval_duration", Math.max(1, now - prompted));
        }
        exchange.requireClientConnected();
        state.recording().increment(Counter.GENERATIONS_COMPLETED);
        exchange.setWorking(false);
        sink.chunk(last);
    }

    /** Old servers omitted the count when the whole prompt was in their cache. */
    private boolean isCountOmitted(RunnerPool.Runner runner, GenerationRequest request) {
        boolean cached = runner.isRepeatOfLastPrompt(request.prompt());
        return cached && state.settings().release() == OllamaRelease.OLD;
    }

    private static ArrayNode context(String prompt) {
        ArrayNode tokens = GoJson.array();
        prompt.codePoints().forEach(character -> tokens.add(FIRST_CONTEXT_TOKEN + character));
        return tokens;
    }
}
