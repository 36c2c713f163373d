package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.recording.Counter;
import java.util.List;

/** Makes embeddings on a loaded model: one request at a time, counted and cancelled like any other work. */
final class Embedder {
    private final SimulatorState state;

    Embedder(SimulatorState state) {
        this.state = state;
    }

    /** The vectors of all texts, in order, not normalised. A failure of the runner carries its raw text. */
    List<EmbeddingVector> embed(SimulatedExchange exchange, Runner runner, List<String> texts) {
        exchange.setPhase(RequestPhase.QUEUED);
        boolean unused = runner.slots().acquire(exchange);
        try {
            exchange.setPhase(RequestPhase.GENERATING);
            state.counters().increment(Counter.GENERATIONS_STARTED);
            exchange.faults().find(Fault.HoldLines.class).ifPresent(hold -> exchange.await(hold.gate().arrive()));
            exchange.faults().find(Fault.Stall.class).ifPresent(stall -> exchange.awaitDisconnection());
            exchange.faults().find(Fault.RunnerFailure.class).ifPresent(failure -> {
                throw new RunnerFailedException(failure.message(), false);
            });
            exchange.pause(state.settings().delays().promptTime().multipliedBy(texts.size()));
            int length = runner.model().model().embeddingLength();
            state.counters().increment(Counter.GENERATIONS_COMPLETED);
            return texts.stream().map(text -> EmbeddingVector.of(text, length)).toList();
        } finally {
            exchange.setPhase(exchange.disconnection().isDone() ? exchange.phase() : RequestPhase.GENERATED);
            runner.slots().release();
        }
    }

    static int tokens(String text) {
        return text.isBlank() ? 1 : text.strip().split("\\s+").length + 1;
    }
}
