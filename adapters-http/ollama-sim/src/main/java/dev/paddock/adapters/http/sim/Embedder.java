package dev.paddock.adapters.http.sim;

import java.util.List;

/** Makes embeddings on a loaded model: one request at a time, counted and cancelled like any other work. */
final class Embedder {
    private final ServerState state;

    Embedder(ServerState state) {
        this.state = state;
    }

    /** The vectors of all texts, in order, not normalised. A failure of the runner carries its raw text. */
    List<EmbeddingVector> embed(Exchange exchange, Runner runner, List<String> texts) {
        exchange.enter(Phase.QUEUED);
        boolean unused = runner.slots().enter(exchange);
        try {
            exchange.enter(Phase.GENERATING);
            state.counters().increment(Counter.GENERATIONS_STARTED);
            exchange.faults().find(Fault.HoldLines.class).ifPresent(hold -> exchange.await(hold.gate().arrive()));
            exchange.faults().find(Fault.Stall.class).ifPresent(stall -> exchange.stall());
            exchange.faults().find(Fault.RunnerFailure.class).ifPresent(failure -> {
                throw new RunnerFailedException(failure.message(), false);
            });
            exchange.pause(state.settings().pace().promptTime().multipliedBy(texts.size()));
            int length = runner.model().model().embeddingLength();
            state.counters().increment(Counter.GENERATIONS_COMPLETED);
            return texts.stream().map(text -> EmbeddingVector.of(text, length)).toList();
        } finally {
            exchange.enter(exchange.departure().isDone() ? exchange.phase() : Phase.GENERATED);
            runner.slots().leave();
        }
    }

    static int tokens(String text) {
        return text.isBlank() ? 1 : text.strip().split("\\s+").length + 1;
    }
}
