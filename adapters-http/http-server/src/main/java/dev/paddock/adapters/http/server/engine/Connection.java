package dev.paddock.adapters.http.server.engine;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.REQUEST_TIMEOUT;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.body.BodyCollector;
import dev.paddock.adapters.http.server.body.IncomingBody;
import dev.paddock.adapters.http.server.body.SpooledBody;
import dev.paddock.adapters.http.server.decoding.IncomingHead;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.adapters.http.server.decoding.StrictRequestDecoder;
import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its requests are answered one after another, and its end, or that of the client's half of it,
 * cancels the one being answered. All methods run on the thread of the connection unless they say otherwise.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOGGER = System.getLogger(Connection.class.getName());
    private static final int MOST_HELD = 64 * 1024; // of requests that came before the one before them was answered

    private final HttpServerState state;
    private final StrictRequestDecoder decoder;
    private final Channel channel;
    private final ResponseChannel outlet;
    private final PhaseTimer timer;
    private @Nullable IncomingHead head; // of the request that is being read
    private @Nullable ServerResponse refusal; // of the request that is being read
    private @Nullable IncomingBody body; // of the request that is being read or answered
    private volatile @Nullable NettyResponder current;

    Connection(HttpServerState state, StrictRequestDecoder decoder, Channel channel) {
        this.state = state;
        this.decoder = decoder;
        this.channel = channel;
        this.outlet = new ResponseChannel(channel);
        this.timer = new PhaseTimer(state.limits());
    }

    ResponseChannel outlet() {
        return outlet;
    }

    /** Tells whether the answer that begins now is the last of this connection. For any thread. */
    boolean isLast() {
        return state.isDraining();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            switch (message) {
                case IncomingHead incoming -> begin(incoming);
                case RefusedRequestException refused -> refuse(refused);
                case HttpContent content -> collect(content);
                default -> { } // nothing else is passed on
            }
        } finally {
            boolean unused = ReferenceCountUtil.release(message);
        }
    }

    private void begin(IncomingHead incoming) {
        head = incoming;
        refusal = state.handler().refuse(incoming.head());
        boolean hasBody = incoming.framing().hasBody();
        if (refusal != null) {
            if (hasBody) {
                answerLast(refusal, ResponseMode.of(incoming).withClose());
            }
            return; // without a body it is answered once the request is complete, and the connection goes on
        }
        try {
            body = receive(incoming);
        } catch (RefusedRequestException refused) {
            refuse(refused.withPath(incoming.head().path()));
            return;
        }
        if (hasBody) {
            timer.enter(ConnectionPhase.BODY);
        }
        if (incoming.awaitsContinue()) {
            var unused = channel.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private IncomingBody receive(IncomingHead incoming) {
        long announced = incoming.framing().length();
        if (!incoming.framing().hasBody() || !state.handler().isUpload(incoming.head())) {
            return new BodyCollector(state.bodies(), announced, state.limits().maxBodyBytes());
        }
        long most = state.limits().maxUploadBytes();
        RefusedRequestException.requireBodyWithin(announced, most);
        String path = incoming.head().path();
        return new SpooledBody(state.spool(), channel, most, failure -> refuse(failure.withPath(path)));
    }

    private void collect(HttpContent content) {
        IncomingHead incoming = head;
        if (incoming == null) {
            return;
        }
        if (body != null) {
            try {
                body.add(content.content());
            } catch (RefusedRequestException refused) {
                refuse(refused.withPath(incoming.head().path()));
                return;
            }
        }
        if (content instanceof LastHttpContent) {
            decoder.pause();
            if (body == null) {
                answer(incoming, RequestBody.NONE);
            } else {
                body.end(whole -> answer(incoming, whole));
            }
        }
    }

    private void answer(IncomingHead incoming, RequestBody whole) {
        NettyResponder exchange = answering(ResponseMode.of(incoming));
        if (refusal != null) {
            exchange.send(refusal);
            return;
        }
        ServerRequest request = new ServerRequest(incoming.head(), whole, exchange.cancellation());
        state.start(() -> handle(request, exchange));
    }

    /** Runs on a thread of the request's own. */
    private void handle(ServerRequest request, NettyResponder exchange) {
        try {
            state.handler().handle(request, exchange);
        } catch (ClientGoneException gone) {
            LOGGER.log(Level.DEBUG, "a client left before its answer was complete");
        } catch (RuntimeException defect) {
            LOGGER.log(Level.ERROR, "a handler failed", defect);
        } finally {
            exchange.abort();
        }
    }

    private NettyResponder answering(ResponseMode mode) {
        timer.enter(ConnectionPhase.ANSWER);
        head = null;
        NettyResponder exchange = new NettyResponder(this, mode);
        current = exchange;
        return exchange;
    }

    private void refuse(RefusedRequestException refused) {
        String path = refused.path() == null && head != null ? head.head().path() : refused.path();
        answerLast(state.handler().renderRefusal(refused.status(), refused.reason(), path, decoder.client()), ResponseMode.LAST);
    }

    private void answerLast(ServerResponse reply, ResponseMode mode) {
        decoder.stop();
        releaseBody();
        if (channel.isActive()) {
            answering(mode).send(reply);
        }
    }

    /** Goes on after an answer that was sent whole, or failed to be. */
    void responseSent(boolean usable) {
        current = null;
        releaseBody();
        if (!usable) {
            closeGently();
            return;
        }
        refusal = null;
        timer.enter(ConnectionPhase.IDLE);
        if (state.isDraining()) {
            timer.shortenIdleTimeout(); // an answer that began before did not say that it is the last: the client may ask once more
        }
        var unused = channel.config().setAutoRead(true);
        try {
            decoder.resume();
        } catch (Exception failure) {
            fail(failure);
        }
        noticeHead();
    }

    /**
     * Ends the connection after an answer that is not whole.
     *
     * @param looksWhole whether an orderly end of the connection would make it look whole
     */
    void responseAborted(boolean looksWhole) {
        current = null;
        releaseBody();
        if (looksWhole) {
            reset();
        } else {
            closeGently();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        noticeHead();
        if (decoder.isPaused() && decoder.held() > MOST_HELD) {
            var unused = channel.config().setAutoRead(false);
        }
    }

    private void noticeHead() {
        if (timer.phase() == ConnectionPhase.IDLE && decoder.isInsideHead()) {
            timer.enter(ConnectionPhase.HEAD);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            outlet.signalWriters();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        outlet.markClosed();
        state.remove(this);
        cancel();
        releaseBody();
    }

    /** Cancels the request being answered, if there is one, and tells whether there was. For any thread. */
    boolean cancel() {
        NettyResponder exchange = current;
        if (exchange == null) {
            return false;
        }
        exchange.cancellation().cancel();
        return true;
    }

    /** Runs something on the thread of the connection. For any thread. */
    void execute(Runnable task) {
        channel.eventLoop().execute(task);
    }

    /** Ends the connection at once. */
    void close() {
        var unused = channel.close();
    }

    /** Tells whether {@link #check} has something to do. For any thread. */
    boolean isDue(long now) {
        return timer.isExpired(now) || outlet.hasBlockedWriter() || outlet.isFlushing();
    }

    /** Looks at the limits of time. */
    void check(long now) {
        if (!channel.isActive()) {
            return;
        }
        switch (timer.phase()) {
            case IDLE -> onlyIf(timer.isExpired(now), this::closeGently);
            case HEAD -> onlyIf(timer.isExpired(now), () -> refuseLate("the head of the request took too long"));
            case BODY -> onlyIf(isBodyLate(now), () -> refuseLate("the body of the request came too slowly"));
            case ANSWER -> onlyIf(timer.isStalled(outlet, now), this::giveUpReader);
            case LINGERING_CLOSE -> onlyIf(timer.isExpired(now), this::close);
        }
    }

    private static void onlyIf(boolean due, Runnable consequence) {
        if (due) {
            consequence.run();
        }
    }

    private boolean isBodyLate(long now) {
        IncomingBody coming = body;
        return coming != null && timer.isBodyTooSlow(coming, now);
    }

    private void giveUpReader() {
        LOGGER.log(Level.DEBUG, "a client does not read its answer");
        reset();
    }

    private void refuseLate(String reason) {
        refuse(new RefusedRequestException(REQUEST_TIMEOUT, reason));
    }

    /**
     * Ends the connection when it is idle; one that was in use a moment ago may bring another request, and ends with
     * that.
     */
    void drain() {
        if (timer.phase() == ConnectionPhase.IDLE) {
            timer.shortenIdleTimeout();
            check(MutableDeadline.now());
        }
    }

    private void closeGently() {
        if (!channel.isActive() || timer.phase() == ConnectionPhase.LINGERING_CLOSE) {
            return;
        }
        decoder.stop();
        timer.enter(ConnectionPhase.LINGERING_CLOSE);
        var unused = channel.config().setAutoRead(true);
        ChannelCloser.shutdownOutput(channel);
    }

    private void reset() {
        ChannelCloser.reset(channel);
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        // What is wrong with TLS is the cause of an exception of the decoder; what else that has for a cause is a defect.
        boolean ordinary = (cause instanceof DecoderException ? cause.getCause() : cause) instanceof IOException;
        LOGGER.log(ordinary ? Level.DEBUG : Level.ERROR, "a connection failed", cause);
        var unused = channel.close();
    }
}
