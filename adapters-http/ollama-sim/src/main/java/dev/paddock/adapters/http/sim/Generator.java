package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.recording.Counter;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;

/** Speaks an answer at the pace of the settings, while its client listens. */
final class Generator {
    private final SimulatorState state;

    Generator(SimulatorState state) {
        this.state = state;
    }

    /** Where the chunks of an answer go, with the faults of the exchange in between. */
    static AnswerSink sink(SimulatedExchange exchange, AnswerSink destination) {
        return exchange.faults().faults().isEmpty() ? destination : new FaultyAnswer(exchange, destination);
    }

    void answer(SimulatedExchange exchange, Runner runner, GenerationJob job) {
        GenerationTimings stopwatch = new GenerationTimings(exchange.startedNanos());
        stopwatch.loaded();
        exchange.setPhase(RequestPhase.QUEUED);
        boolean unused = runner.slots().acquire(exchange);
        try {
            speak(exchange, runner, job, stopwatch);
        } catch (RunnerFailedException failure) {
            exchange.setPhase(RequestPhase.GENERATED);
            boolean old = state.settings().contents().style() == OllamaRelease.OLD;
            job.sink().fail(old ? new RunnerFailedException(failure.text(), true) : failure);
            return;
        } catch (AnswerTruncatedException cut) {
            exchange.setPhase(RequestPhase.GENERATED);
        } finally {
            runner.slots().release();
        }
        job.sink().end();
    }

    private void speak(SimulatedExchange exchange, Runner runner, GenerationJob job, GenerationTimings stopwatch) {
        exchange.setPhase(RequestPhase.GENERATING);
        state.counters().increment(Counter.GENERATIONS_STARTED);
        stopwatch.started();
        exchange.pause(state.settings().delays().promptTime());
        stopwatch.prompted();
        for (GeneratedToken piece : job.plan().pieces()) {
            exchange.pause(state.settings().delays().tokenInterval());
            job.sink().chunk(chunk(job, piece));
            state.counters().increment(Counter.TOKENS_SENT);
        }
        ObjectNode last = job.shape().last(job.plan().doneReason());
        stopwatch.writeTo(last, promptTokens(runner, job), job.plan().pieces().size());
        exchange.requireClientConnected();
        state.counters().increment(Counter.GENERATIONS_COMPLETED);
        exchange.setPhase(RequestPhase.GENERATED);
        job.sink().chunk(last);
    }

    private static ObjectNode chunk(GenerationJob job, GeneratedToken piece) {
        ObjectNode chunk = job.shape().chunk(piece);
        if (job.ask().call().logprobs() && piece instanceof GeneratedToken.TextToken word) {
            chunk.set("logprobs", Logprobs.of(word.text(), job.ask().call().topLogprobs()));
        }
        return chunk;
    }

    /** Old servers left the count out, which is zero here, when they had the whole prompt in their cache. */
    private int promptTokens(Runner runner, GenerationJob job) {
        boolean cached = runner.isRepeatOfLastPrompt(job.ask().prompt());
        boolean omitted = cached && state.settings().contents().style() == OllamaRelease.OLD;
        return omitted ? 0 : job.plan().promptTokens();
    }
}
