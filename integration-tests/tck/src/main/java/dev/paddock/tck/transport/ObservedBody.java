package dev.paddock.tck.transport;

import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The body of a request that tells when its sender takes no more of it. */
final class ObservedBody implements RequestBody {

    private static final long STANDSTILL_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final RequestBody content;
    private final AtomicLong taken = new AtomicLong();

    ObservedBody(int length) {
        this.content = RequestBody.of(new byte[length]);
    }

    @Override
    public long length() {
        return content.length();
    }

    @Override
    public boolean isInMemory() {
        return true;
    }

    @Override
    public BodyPiece piece(long position, int most) {
        BodyPiece piece = content.piece(position, most);
        taken.set(position + piece.length());
        return piece;
    }

    /** Waits until nothing was taken for a while. Nothing can tell that a sender is stuck; an answer that is too early fails no sender. */
    void awaitStandstill() {
        for (long before = -1; before != taken.get(); ) {
            before = taken.get();
            LockSupport.parkNanos(STANDSTILL_NANOS);
        }
    }
}
