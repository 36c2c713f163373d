package dev.paddock.bootstrap.bench.run;

import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server that a benchmark measures, and the ways to reach it. Thread-safe. */
public interface BenchTarget {

    /** Opens a client with the layers of a mode: for one call with {@link Mode#UNPOOLED}, otherwise for many. */
    BenchClient open(Mode mode);

    /** Returns the number of connections that the server has accepted so far, or null when the server does not count them. */
    @Nullable Long connectionsAccepted();

    /** Returns the number of requests that the server has received so far, or null when the server does not count them. */
    default @Nullable Long requestsReceived() {
        return null;
    }

    /** Returns further sums that the target keeps, by name. A result has their increase during the load, in this order. */
    default Map<String, Long> counts() {
        return Map.of();
    }

    /** A client of the server. Thread-safe. */
    interface BenchClient extends AutoCloseable {

        /** Returns the port for calls to models. */
        LlmPort llm();

        /** Returns the state of the pools of this client. */
        List<EndpointPool> pools();

        @Override
        void close();
    }
}
