package dev.paddock.ports.llm.decorator;

import dev.paddock.domain.model.ResponseStream;
import java.util.function.Consumer;

/** A stream whose pieces are shown to an observer on their way to the caller. */
final class ObservedStream<T> implements ResponseStream<T> {

    private final ResponseStream<T> delegate;
    private final Consumer<T> observer;

    ObservedStream(ResponseStream<T> delegate, Consumer<T> observer) {
        this.delegate = delegate;
        this.observer = observer;
    }

    @Override
    public boolean hasNext() {
        return delegate.hasNext();
    }

    @Override
    public T next() {
        T piece = delegate.next();
        observer.accept(piece);
        return piece;
    }

    @Override
    public void close() {
        delegate.close();
    }
}
