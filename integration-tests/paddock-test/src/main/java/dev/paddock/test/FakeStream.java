package dev.paddock.test;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.ResponseStream;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pieces of a fake answer. Its first failure is also its last. */
final class FakeStream<T> implements ResponseStream<T> {

    private final FakeCall call;
    private final Function<FakePiece, T> view;
    private @Nullable T ahead; // confined to the pulling thread, like the two below
    private @Nullable LlmException failure;
    private boolean complete;

    FakeStream(FakeCall call, Function<FakePiece, T> view) {
        this.call = call;
        this.view = view;
    }

    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        if (ahead == null && !complete) {
            ahead = pull();
        }
        return ahead != null;
    }

    private T pull() {
        try {
            FakePiece piece = call.next();
            complete = piece.completion() != null;
            return view.apply(piece);
        } catch (LlmException reason) {
            failure = reason;
            throw reason;
        }
    }

    @Override
    public T next() {
        T piece = hasNext() ? ahead : null;
        if (piece == null) {
            throw new NoSuchElementException("the answer has no more pieces");
        }
        ahead = null;
        return piece;
    }

    @Override
    public void close() {
        call.leave("the stream was closed");
    }
}
