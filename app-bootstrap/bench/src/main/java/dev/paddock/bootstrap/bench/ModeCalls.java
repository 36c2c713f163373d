package dev.paddock.bootstrap.bench;

import dev.paddock.bootstrap.bench.RequestOutcome.AnsweredRequest;
import dev.paddock.domain.exchange.CallContext;

/** Makes the requests of a mode, with the clients that the mode asks for. Thread-safe. */
interface ModeCalls extends AutoCloseable {

    /**
     * Makes one request.
     *
     * @throws dev.paddock.domain.error.LlmException if there is no complete answer
     */
    AnsweredRequest call(CallContext context);

    /** Ends the calls; only now all connections have been counted. */
    @Override
    void close();

    static ModeCalls of(Mode mode, BenchTarget target, BenchCall asking, ConnectionCount count) {
        return switch (mode) {
            case POOLED -> new PooledCalls(target.openPooled(), asking, count);
            case UNPOOLED -> new UnpooledCalls(target, asking, count);
        };
    }

    /** Requests that share a client. */
    record PooledCalls(BenchClient client, BenchCall asking, ConnectionCount count) implements ModeCalls {

        @Override
        public AnsweredRequest call(CallContext context) {
            return asking.ask(client.llm(), context);
        }

        @Override
        public void close() {
            count.add(client.pools());
            client.close();
        }
    }

    /** Requests that have a client each. */
    record UnpooledCalls(BenchTarget target, BenchCall asking, ConnectionCount count) implements ModeCalls {

        @Override
        public AnsweredRequest call(CallContext context) {
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
