package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.format.ApiException;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes one answer in the format of its API, with the faults that strike at single chunks. */
public final class AnswerWriter {
    /** When chunks are sent. */
    public enum Mode {
        /** Each at once; nothing, not even the head, is sent before the first. */
        STREAMED,
        /** Merged into one object, at the end. */
        MERGED,
        /** Only the last, at the end. */
        LAST
    }

    private static final List<String> TEXTS = List.of("content", "thinking");
    private static final String PADDING = "pad ";

    private final SimulatedExchange exchange;
    private final AnswerFormat format;
    private final Mode mode;
    private final OllamaRelease release;
    private ObjectNode collected = GoJson.object();
    private int chunks;

    public AnswerWriter(SimulatedExchange exchange, AnswerFormat format, Mode mode, OllamaRelease release) {
        this.exchange = exchange;
        this.format = format;
        this.mode = mode;
        this.release = release;
    }

    /** Runs the work that produces the chunks, and ends the answer, with an error when the runner fails. */
    public void write(Consumer<AnswerWriter> work) {
        try {
            work.accept(this);
        } catch (RunnerFailedException failure) {
            if (!failure.text().isEmpty()) {
                report(failure);
            }
        }
        if (mode == Mode.STREAMED) {
            exchange.responder().stream(format.streamType());
            exchange.responder().end();
        } else {
            exchange.responder().respond(200, format.wholeType(), format.whole(collected));
        }
    }

    private void report(RunnerFailedException failure) {
        boolean asLine = exchange.responder().started() || failure.insideStream || release == OllamaRelease.OLD;
        if (mode != Mode.STREAMED || !asLine) {
            throw failure;
        }
        send(format.failure(failure.text()));
    }

    public void chunk(ObjectNode chunk) {
        applyFaults(chunk);
        switch (mode) {
            case STREAMED -> send(format.frames(chunk));
            case MERGED -> merge(chunk);
            case LAST -> collected = chunk;
        }
    }

    private void applyFaults(ObjectNode chunk) {
        FaultScript plan = exchange.faults();
        int line = chunks++;
        plan.at(line, Fault.HoldLines.class).ifPresent(hold -> exchange.await(hold.latch()));
        plan.at(line, Fault.Stall.class).ifPresent(stall -> exchange.awaitDisconnection());
        plan.at(line, Fault.RunnerFailure.class).ifPresent(failure -> {
            throw new RunnerFailedException(failure.message(), false);
        });
        plan.find(Fault.ErrorLineFirst.class).ifPresent(failure -> {
            throw new RunnerFailedException(failure.message(), true);
        });
        plan.at(line, Fault.Truncate.class).ifPresent(cut -> {
            throw new RunnerFailedException("", true);
        });
        plan.find(Fault.UnexpectedRole.class).ifPresent(unexpected -> chunk.put("role", unexpected.role()));
        plan.at(line, Fault.HugeLine.class).ifPresent(huge -> chunk.put("content",
            chunk.path("content").asText() + PADDING.repeat(huge.bytes() / PADDING.length() + 1)));
    }

    private void merge(ObjectNode chunk) {
        for (Map.Entry<String, JsonNode> field : chunk.properties()) {
            JsonNode present = collected.path(field.getKey());
            if (TEXTS.contains(field.getKey())) {
                collected.put(field.getKey(), present.asText("") + field.getValue().asText());
            } else if (present instanceof ArrayNode list) {
                list.addAll((ArrayNode) field.getValue());
            } else {
                collected.set(field.getKey(), field.getValue().deepCopy());
            }
        }
    }

    private void send(List<String> frames) {
        exchange.responder().stream(format.streamType());
        frames.forEach(frame -> exchange.responder().line(GoJson.bytes(frame)));
    }

    /** The process that runs the model failed or stopped while it answered. */
    public static final class RunnerFailedException extends ApiException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final boolean insideStream;

        /**
         * Makes a failure.
         *
         * @param text the error to report; empty when the runner stopped without one, so that the answer just ends
         * @param insideStream whether a streamed answer reports it as a line even when it is the first line
         */
        public RunnerFailedException(String text, boolean insideStream) {
            super(500, text);
            this.insideStream = insideStream;
        }
    }
}
