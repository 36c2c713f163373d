package dev.paddock.ports.exchange.chain;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** An exchange port with its decorators, in the order of their stages. Thread-safe. */
public final class ExchangeChain implements ExchangePort, AutoCloseable {

    private final List<ExchangePort> ports; // the innermost first

    private ExchangeChain(List<ExchangePort> ports) {
        this.ports = List.copyOf(ports);
    }

    /**
     * Builds the chain. Among decorators of the same stage the one that comes first in the list is the outer one.
     *
     * @param innermost what every call reaches in the end; closing the chain does not close it
     * @param decorators the policies, in any order
     */
    public static ExchangeChain assemble(ExchangePort innermost, List<? extends ExchangeDecorator> decorators) {
        List<ExchangeDecorator> outermostFirst = new ArrayList<>(decorators);
        outermostFirst.sort(Comparator.comparing(ExchangeDecorator::stage));
        List<ExchangePort> ports = new ArrayList<>();
        ports.add(innermost);
        for (ExchangeDecorator decorator : outermostFirst.reversed()) {
            ports.add(decorator.decorate(ports.getLast()));
        }
        return new ExchangeChain(ports);
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        return ports.getLast().open(request, context);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        ports.getLast().begin(request, context, end);
    }

    /**
     * Closes the decorators that can be closed, the outermost first. Closing again does what they do then.
     *
     * @throws IllegalStateException if closing one of them failed; the others are closed all the same
     */
    @Override
    public void close() {
        IllegalStateException failed = new IllegalStateException("a decorator of the chain could not be closed");
        for (ExchangePort port : ports.subList(1, ports.size()).reversed()) {
            if (port instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception failure) {
                    failed.addSuppressed(failure);
                }
            }
        }
        if (failed.getSuppressed().length > 0) {
            throw failed;
        }
    }
}
