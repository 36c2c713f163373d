package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A server that does what it is told, attempt by attempt, and at the end of its script the same for ever. */
final class ScriptedBackend implements ExchangePort {

    static final BaseUrl URL = BaseUrl.parse("http://127.0.0.1:11434");

    private final Queue<Supplier<Exchange>> script = new ConcurrentLinkedQueue<>();
    private volatile Supplier<Exchange> forever = () -> ScriptedExchange.stream("{\"done\":true}");
    private final AtomicInteger attempts = new AtomicInteger();

    ScriptedBackend then(Supplier<Exchange> answer) {
        script.add(answer);
        return this;
    }

    ScriptedBackend thenFail(Supplier<LlmException> failure) {
        return then(failing(failure));
    }

    ScriptedBackend forever(Supplier<Exchange> answer) {
        forever = answer;
        return this;
    }

    ScriptedBackend failForever(Supplier<LlmException> failure) {
        return forever(failing(failure));
    }

    int attempts() {
        return attempts.get();
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        attempts.incrementAndGet();
        Supplier<Exchange> next = script.poll();
        Exchange exchange = (next == null ? forever : next).get();
        return exchange instanceof ScriptedExchange scripted ? scripted.to(request) : exchange;
    }

    private static Supplier<Exchange> failing(Supplier<LlmException> failure) {
        return () -> {
            throw failure.get();
        };
    }
}
