package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.run.BenchTarget.BenchClient;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
import dev.paddock.domain.exchange.CallContext;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends the requests of a mode with the clients of that mode, and counts their connections. Thread-safe. */
final class ModeCalls implements AutoCloseable {

    private final BenchTarget target;
    private final @Nullable BenchClient shared; // null when each request has a client of its own
    private final AtomicReference<Connections> connections =
            new AtomicReference<>(new Connections("", 0L, 0L, 0, null, null));

    ModeCalls(Mode mode, BenchTarget target) {
        this.target = requireNonNull(target, "target");
        this.shared = mode == Mode.UNPOOLED ? null : target.open(mode);
    }

    /**
     * Sends one request and reads its whole answer.
     *
     * @throws dev.paddock.domain.error.LlmException if there is no complete answer
     */
    AnsweredRequest send(BenchCall call, CallContext context) {
        if (shared != null) {
            return call.send(shared.llm(), context);
        }
        try (BenchClient client = target.open(Mode.UNPOOLED)) {
            try {
                return call.send(client.llm(), context);
            } finally {
                count(client);
            }
        }
    }

    /** Returns the connections of all clients. Complete only after {@link #close}. */
    Connections connections(@Nullable Long accepted, @Nullable Long received) {
        Connections all = connections.get();
        return new Connections(all.transport(), all.opened(), all.reused(), all.sent(), accepted, received);
    }

    @Override
    public void close() {
        if (shared != null) {
            count(shared);
            shared.close();
        }
    }

    private void count(BenchClient client) {
        client.pools().forEach(pool -> connections.accumulateAndGet(
                new Connections(
                        pool.transport(), pool.totals().created(), pool.totals().reused(), pool.totals().leases(), null, null),
                Connections::plus));
    }
}
