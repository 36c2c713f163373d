package dev.paddock.bootstrap.bench;

import dev.paddock.bootstrap.bench.Outcome.Answered;
import dev.paddock.domain.exchange.CallContext;

/** Makes the requests of a mode, with the clients that the mode asks for. Thread-safe. */
interface Calls extends AutoCloseable {

    /**
     * Makes one request.
     *
     * @throws dev.paddock.domain.error.LlmException if there is no complete answer
     */
    Answered call(CallContext context);

    /** Ends the calls; only now all connections have been counted. */
    @Override
    void close();

    static Calls of(Mode mode, BenchTarget target, Asking asking, ConnectionCount count) {
        return switch (mode) {
            case POOLED -> new PooledCalls(target.openPooled(), asking, count);
            case UNPOOLED -> new UnpooledCalls(target, asking, count);
        };
    }

    /** Requests that share a client. */
    record PooledCalls(BenchClient client, Asking asking, ConnectionCount count) implements Calls {

        @Override
        public Answered call(CallContext context) {
            return asking.ask(client.llm(), context);
        }

        @Override
        public void close() {
            count.add(client.pools());
            client.close();
        }
    }

    /** Requests that have a client each. */
    record UnpooledCalls(BenchTarget target, Asking asking, ConnectionCount count) implements Calls {

        @Override
        public Answered call(CallContext context) {
            try (BenchClient client = target.openUnpooled()) {
                try {
                    return asking.ask(client.llm(), context);
                } finally {
                    count.add(client.pools());
                }
            }
        }

        @Override
        public void close() {
            // Each client was closed after its request.
        }
    }
}
