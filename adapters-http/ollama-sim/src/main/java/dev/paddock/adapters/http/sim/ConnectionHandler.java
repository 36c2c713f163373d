package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.recording.Counter;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection: requests are answered one after another, and the end of the connection, or of the client's half of
 * it, cancels the request being answered. All methods run on the connection's event loop.
 */
final class ConnectionHandler extends SimpleChannelInboundHandler<IncomingRequest> {
    private final SimulatorState state;
    private final SimulatorDispatcher dispatcher;
    private final Deque<IncomingRequest> pipelined = new ArrayDeque<>();
    private @Nullable SimulatedExchange current;

    ConnectionHandler(SimulatorState state, SimulatorDispatcher dispatcher) {
        this.state = state;
        this.dispatcher = dispatcher;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        state.counters().increment(Counter.CONNECTIONS_ACCEPTED);
        state.counters().increment(Counter.CONNECTIONS_OPEN);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, IncomingRequest request) {
        state.record(request);
        pipelined.addLast(request);
        serveNext(context);
    }

    private void serveNext(ChannelHandlerContext context) {
        IncomingRequest request = current == null ? pipelined.pollFirst() : null;
        if (request == null) {
            return;
        }
        SimulatedExchange exchange = new SimulatedExchange(
            request, new SegmentWriter(context.channel()), state.faults().take(request.path()));
        current = exchange;
        state.handlers().execute(() -> {
            dispatcher.serve(exchange);
            context.executor().execute(() -> served(context));
        });
    }

    private void served(ChannelHandlerContext context) {
        current = null;
        if (context.channel().isActive()) {
            serveNext(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state.counters().add(Counter.CONNECTIONS_OPEN, -1);
        pipelined.clear();
        if (current != null) {
            current.clientDisconnected();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
