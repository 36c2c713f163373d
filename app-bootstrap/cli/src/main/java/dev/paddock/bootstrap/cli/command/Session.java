package dev.paddock.bootstrap.cli.command;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.exchange.TransportPoolPort;
import dev.paddock.adapters.http.llm.HttpLlmAdapter;
import dev.paddock.adapters.http.llm.HttpModelCatalogAdapter;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.bench.run.BenchTarget.BenchClient;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.pool.PoolPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of one server for the duration of a command.
 *
 * @param llm the port for calls to models
 * @param models the port for the models of the server
 * @param pool the port for the state of the connection pool
 * @param exchange the port for requests that the other ports do not have
 * @param closing closes the client
 * @param cancellation cancels all calls of the command
 * @param timeout the timeout of each call, or null for none
 */
public record Session(
        LlmPort llm,
        ModelCatalogPort models,
        PoolPort pool,
        ExchangePort exchange,
        Runnable closing,
        Cancellation cancellation,
        @Nullable Duration timeout)
        implements BenchClient {

    public Session {
        requireNonNull(llm, "llm");
        requireNonNull(models, "models");
        requireNonNull(pool, "pool");
        requireNonNull(exchange, "exchange");
        requireNonNull(closing, "closing");
        requireNonNull(cancellation, "cancellation");
    }

    /** Returns a session with a complete client: retries, circuits, deadlines and metrics. */
    public static Session of(Paddock paddock) {
        return new Session(
                paddock.llm(),
                paddock.models(),
                paddock.pool(),
                paddock.exchange(),
                paddock::close,
                Cancellation.create(),
                null);
    }

    /**
     * Returns a session with a pool of its own and without policies and metrics. A client for each call then costs no more than
     * the client and its connection.
     */
    public static Session withoutPolicies(PaddockSettings settings) {
        Dialect dialect =
                switch (settings.server().dialect()) {
                    case OLLAMA -> new OllamaDialect();
                    case OPENAI -> new OpenAiDialect();
                };
        TransportPoolManager manager = new TransportPoolManager(
                Transports.named(settings.connections().transport()), PoolListener.none(), System::nanoTime);
        TransportLease lease = manager.lease(
                settings.server().baseUrl().endpoint(),
                settings.connections().to(settings.server().baseUrl().endpoint()),
                settings.connections().pool());
        HttpExchangePort exchanges = new HttpExchangePort(
                lease,
                settings.server().baseUrl(),
                settings.exchange().withAnswers(dialect.answers()),
                System::nanoTime);
        Runnable closing = () -> {
            lease.close();
            manager.close();
        };
        return new Session(
                new HttpLlmAdapter(exchanges, dialect),
                new HttpModelCatalogAdapter(exchanges, dialect),
                new TransportPoolPort(manager),
                exchanges,
                closing,
                Cancellation.create(),
                null);
    }

    /** Returns this session with the given cancellation and timeout for its calls. */
    public Session withCalls(Cancellation newCancellation, @Nullable Duration newTimeout) {
        return new Session(llm, models, pool, exchange, closing, newCancellation, newTimeout);
    }

    /** Returns the context of a call that starts now. */
    public CallContext newCall() {
        CallContext context =
                timeout == null ? CallContext.create() : CallContext.within(timeout, System::nanoTime);
        return context.withCancellation(cancellation);
    }

    /** Waits for the given time; returns whether the command was cancelled meanwhile, and then at once. */
    public boolean awaitCancellation(Duration time) {
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> cancelled.complete(true));
        try {
            return cancelled.completeOnTimeout(false, time.toMillis(), TimeUnit.MILLISECONDS).join();
        } finally {
            registration.close();
        }
    }

    @Override
    public List<EndpointPool> pools() {
        return pool.pools();
    }

    @Override
    public void close() {
        closing.run();
    }
}
