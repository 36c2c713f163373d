package dev.paddock.ports.exchange.chain;

import static java.util.Objects.requireNonNull;

import dev.paddock.ports.exchange.ExchangePort;
import java.util.function.UnaryOperator;

/** A policy of exchanges and its place in the chain. Implementations are thread-safe. */
public interface ExchangeDecorator {

    /** Returns the place of the policy. */
    Stage stage();

    /**
     * Returns a port that applies the policy to calls of the given one. It must pass the context on with all its attributes. If it
     * is {@link AutoCloseable} the chain closes it.
     */
    ExchangePort decorate(ExchangePort delegate);

    /** Returns a decorator for the given stage. */
    static ExchangeDecorator of(Stage stage, UnaryOperator<ExchangePort> decoration) {
        requireNonNull(stage, "stage");
        requireNonNull(decoration, "decoration");
        return new ExchangeDecorator() {
            @Override
            public Stage stage() {
                return stage;
            }

            @Override
            public ExchangePort decorate(ExchangePort delegate) {
                return decoration.apply(delegate);
            }
        };
    }
}
