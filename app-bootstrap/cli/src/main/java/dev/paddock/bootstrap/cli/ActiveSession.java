package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.pool.PoolPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session as a command uses it: with what was said about every call.
 *
 * @param session the client
 * @param cancellation stops all calls of the command
 * @param timeout how long each call may take, or null for no limit
 */
record ActiveSession(Session session, Cancellation cancellation, @Nullable Duration timeout) {

    ActiveSession {
        requireNonNull(session, "session");
        requireNonNull(cancellation, "cancellation");
    }

    LlmPort llm() {
        return session.llm();
    }

    ModelCatalogPort models() {
        return session.models();
    }

    PoolPort pool() {
        return session.pool();
    }

    ExchangePort exchange() {
        return session.exchange();
    }

    /** Returns the context of a call that starts now. */
    CallContext newCall() {
        CallContext context =
                timeout == null ? CallContext.create() : CallContext.within(timeout, System::nanoTime);
        return context.withCancellation(cancellation);
    }
}
