package dev.paddock.ports.llm.decorator;

import dev.paddock.domain.model.ResponseStream;
import java.util.Iterator;
import java.util.List;

/** A stream of given pieces that knows whether it was closed. */
final class ScriptedStream<T> implements ResponseStream<T> {

    private final Iterator<T> pieces;
    private boolean closed;

    ScriptedStream(List<T> pieces) {
        this.pieces = pieces.iterator();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean hasNext() {
        return pieces.hasNext();
    }

    @Override
    public T next() {
        return pieces.next();
    }

    @Override
    public void close() {
        closed = true;
    }
}
