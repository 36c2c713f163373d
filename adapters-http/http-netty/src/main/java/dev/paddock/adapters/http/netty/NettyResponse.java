package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.ForwardEnd;
import java.io.IOException;

/** A response whose body the thread of the call takes from the event loop. */
final class NettyResponse extends AbstractTransportResponse {

    private final NettyCall call;
    private final ResponseHead head;
    private final RequestStream stream;

    NettyResponse(NettyCall call, ResponseHead head, RequestStream stream, long bodyLength) {
        super(call, head, bodyLength);
        this.call = call;
        this.head = head;
        this.stream = stream;
    }

    @Override
    protected int readBody(byte[] buffer, int offset, int length) throws IOException {
        return stream.incoming().read(buffer, offset, length);
    }

    @Override
    protected boolean isBodyReadable() {
        return stream.incoming().isReadable();
    }

    @Override
    public void forward(BodyReceiver receiver, ForwardEnd end) {
        push(
                whenEnded -> stream.incoming().forward(receiver, whenEnded),
                failure -> end.ended(
                        failure != null && failure.getCause() instanceof ReceiverException refused ? refused.getCause() : failure));
    }

    @Override
    protected void bodyCompleted() {
        if (call.complete()) {
            stream.release(head);
        }
    }
}
