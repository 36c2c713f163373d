package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Speaks an answer at the pace of the settings, while its client listens. */
final class Generator {
    private final ServerState state;

    Generator(ServerState state) {
        this.state = state;
    }

    /** Where the chunks of an answer go, with the faults of the exchange in between. */
    static AnswerSink sink(Exchange exchange, AnswerSink destination) {
        return exchange.faults().faults().isEmpty() ? destination : new FaultyAnswer(exchange, destination);
    }

    void answer(Exchange exchange, Runner runner, AnswerJob job) {
        Stopwatch stopwatch = new Stopwatch(exchange.startedNanos());
        stopwatch.loaded();
        exchange.enter(Phase.QUEUED);
        boolean unused = runner.slots().enter(exchange);
        try {
            speak(exchange, runner, job, stopwatch);
        } catch (RunnerFailedException failure) {
            exchange.enter(Phase.GENERATED);
            boolean old = state.settings().contents().style() == WireStyle.OLD;
            job.sink().fail(old ? new RunnerFailedException(failure.text(), true) : failure);
            return;
        } catch (AnswerCutShortException cut) {
            exchange.enter(Phase.GENERATED);
        } finally {
            runner.slots().leave();
        }
        job.sink().end();
    }

    private void speak(Exchange exchange, Runner runner, AnswerJob job, Stopwatch stopwatch) {
        exchange.enter(Phase.GENERATING);
        state.counters().increment(Counter.GENERATIONS_STARTED);
        stopwatch.started();
        exchange.pause(state.settings().pace().promptTime());
        stopwatch.prompted();
        for (Piece piece : job.plan().pieces()) {
            exchange.pause(state.settings().pace().tokenInterval());
            job.sink().chunk(chunk(job, piece));
            state.counters().increment(Counter.TOKENS_SENT);
        }
        ObjectNode last = job.shape().last(job.plan().doneReason());
        stopwatch.writeTo(last, promptTokens(runner, job), job.plan().pieces().size());
        exchange.requireClient();
        state.counters().increment(Counter.GENERATIONS_COMPLETED);
        exchange.enter(Phase.GENERATED);
        job.sink().chunk(last);
    }

    private static ObjectNode chunk(AnswerJob job, Piece piece) {
        ObjectNode chunk = job.shape().chunk(piece);
        if (job.ask().call().logprobs() && piece instanceof Piece.Word word) {
            chunk.set("logprobs", Logprobs.of(word.text(), job.ask().call().topLogprobs()));
        }
        return chunk;
    }

    /** Old servers left the count out, which is zero here, when they had the whole prompt in their cache. */
    private int promptTokens(Runner runner, AnswerJob job) {
        boolean cached = runner.remembers(job.ask().prompt());
        boolean omitted = cached && state.settings().contents().style() == WireStyle.OLD;
        return omitted ? 0 : job.plan().promptTokens();
    }
}
