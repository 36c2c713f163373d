package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.AcceptedRequest;
import dev.paddock.adapters.http.server.BodyStorage;
import dev.paddock.adapters.http.server.RequestDecision;
import dev.paddock.adapters.http.server.ServerLimits.SizeLimit;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.body.BodyCollector;
import dev.paddock.adapters.http.server.body.IncomingBody;
import dev.paddock.adapters.http.server.body.SpooledBody;
import dev.paddock.adapters.http.server.decoding.IncomingHead;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.adapters.http.server.decoding.StrictRequestDecoder;
import dev.paddock.adapters.http.server.decoding.StrictRequestDecoder.DecoderEvent;
import dev.paddock.adapters.http.server.engine.OutgoingHead.ResponseMode;
import dev.paddock.adapters.http.server.engine.PhaseTimer.ConnectionPhase;
import dev.paddock.domain.exchange.Headers;
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
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One connection. It answers its requests one after another. Its end, or the client's half close, cancels the request in progress. All
 * methods run on the thread of the connection (an event loop) unless they say otherwise.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOGGER = System.getLogger(Connection.class.getName());

    private final HttpServerState state;
    private final StrictRequestDecoder decoder;
    private final Channel channel;
    private final ResponseChannel responses;
    private final ConnectionEnd end;
    private final PipelinedInput pipelined;
    private final PhaseTimer timer;
    private @Nullable IncomingHead head; // of the request that is being read
    private @Nullable RequestDecision decision; // about the request that is being read or answered
    private @Nullable IncomingBody body; // of the request that is being read or answered
    private volatile @Nullable NettyResponder current;

    Connection(HttpServerState state, StrictRequestDecoder decoder, Channel channel) {
        this.state = state;
        this.decoder = decoder;
        this.channel = channel;
        this.responses = new ResponseChannel(channel, this::observe);
        this.end = new ConnectionEnd(channel);
        this.pipelined = new PipelinedInput(channel, decoder, this::fail);
        this.timer = new PhaseTimer(state.limits, channel.eventLoop(), this::checkTimeouts);
    }

    ResponseChannel responses() {
        return responses;
    }

    /** Returns whether a response that begins now is the last of this connection. For any thread. */
    boolean isLast() {
        return pipelined.isDiscarding() || state.isDraining();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        responses.setEncoder(context.pipeline().context(OutgoingHead.Encoder.class));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            switch (message) {
                case IncomingHead incoming -> begin(incoming);
                case RefusedRequestException refused -> refuse(refused);
                case HttpContent content -> collect(content);
                default -> { } // the decoder emits nothing else
            }
        } finally {
            boolean unused = ReferenceCountUtil.release(message);
        }
    }

    private void begin(IncomingHead incoming) {
        head = incoming;
        decision = state.handler.decide(incoming.head());
        switch (decision) {
            case ServerResponse refusal -> {
                if (incoming.hasBody() || refusal.isLast()) { // else the refusal is sent once the request is complete, and the connection persists
                    respondAndClose(refusal, ResponseMode.of(incoming).withClose(), Headers.EMPTY);
                }
            }
            case AcceptedRequest accepted -> accept(incoming, accepted);
        }
    }

    private void accept(IncomingHead incoming, AcceptedRequest accepted) {
        if (!incoming.hasBody()) {
            return;
        }
        if (accepted.bodyStorage() == BodyStorage.NONE) {
            decoder.stop();
            start(incoming, accepted, ResponseMode.of(incoming).withClose(), RequestBody.NONE);
            return;
        }
        try {
            IncomingBody receiving = receive(incoming, accepted);
            body = receiving;
            timer.enterBody(receiving);
        } catch (RefusedRequestException refused) {
            refuse(refused);
            return;
        }
        if (incoming.awaitsContinue()) {
            var unused = channel.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private IncomingBody receive(IncomingHead incoming, AcceptedRequest accepted) {
        long announced = incoming.length();
        if (accepted.bodyStorage() == BodyStorage.MEMORY) {
            return new BodyCollector(state.bodies, accepted.caller(), announced, state.largestBody());
        }
        long limit = state.limits.get(SizeLimit.UPLOAD_BYTES);
        RefusedRequestException.requireBodyWithin(announced, limit);
        return new SpooledBody(state.spool, channel, limit, this::refuse);
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
                refuse(refused);
                return;
            }
        }
        if (content instanceof LastHttpContent) {
            decoder.pause();
            if (body == null) {
                respond(incoming, RequestBody.NONE);
            } else {
                body.end(complete -> respond(incoming, complete));
            }
        }
    }

    private void respond(IncomingHead incoming, RequestBody complete) {
        ResponseMode mode = ResponseMode.of(incoming);
        switch (decision) {
            case ServerResponse refusal -> beginResponse(mode, Headers.EMPTY).send(refusal);
            case AcceptedRequest accepted -> start(incoming, accepted, mode, complete);
            case null -> throw new IllegalStateException("no decision about a complete request");
        }
    }

    private void start(IncomingHead incoming, AcceptedRequest accepted, ResponseMode mode, RequestBody complete) {
        NettyResponder responder = beginResponse(mode, accepted.responseHeaders());
        state.answer(accepted, new ServerRequest(incoming.head(), complete, responder.cancellation()), responder);
    }

    /** Notes the end of the work on a request. For any thread. */
    void answered() {
        state.answered();
    }

    private NettyResponder beginResponse(ResponseMode mode, Headers common) {
        timer.enter(ConnectionPhase.ANSWER);
        head = null;
        NettyResponder responder = new NettyResponder(this, mode, common);
        current = responder;
        return responder;
    }

    private void refuse(RefusedRequestException refused) {
        if (head != null && decision instanceof AcceptedRequest accepted) {
            ServerResponse response = accepted.renderRefusal(refused.status(), refused.reason());
            respondAndClose(response, ResponseMode.LAST, accepted.responseHeaders());
            return;
        }
        String pathOfRequest = head == null ? decoder.pathBegin() : head.head().path();
        String path = refused.path() == null ? pathOfRequest : refused.path();
        ServerResponse response =
                state.handler.renderRefusal(refused.status(), refused.reason(), path, decoder.client());
        respondAndClose(response, ResponseMode.LAST, Headers.EMPTY);
    }

    private void respondAndClose(ServerResponse response, ResponseMode mode, Headers common) {
        decoder.stop();
        releaseBody();
        if (channel.isActive()) {
            beginResponse(mode, common).send(response);
        }
    }

    /** Continues after a response that was sent completely, or could not be. */
    void responseSent(boolean reusable) {
        current = null;
        releaseBody();
        if (!reusable || pipelined.isDiscarding()) {
            lingeringClose();
            return;
        }
        decision = null;
        timer.enter(ConnectionPhase.IDLE);
        if (state.isDraining()) {
            timer.shortenIdleTimeout(); // the response began before, without Connection: close, so one more request may follow
        }
        pipelined.proceed();
        noticeHead();
    }

    /**
     * Closes the connection after an incomplete response.
     *
     * @param looksComplete whether an orderly close would make the response look complete
     */
    void responseAborted(boolean looksComplete) {
        current = null;
        releaseBody();
        if (looksComplete) {
            end.reset();
        } else {
            lingeringClose();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        noticeHead();
        if (timer.phase() == ConnectionPhase.LINGERING_CLOSE) {
            timer.extendLingeringClose();
        } else if (pipelined.isExcessive()) {
            LOGGER.log(Level.DEBUG, "a client sends without end while its request is in progress");
            end.reset();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == DecoderEvent.BYTES_HELD) {
            pipelined.limit();
            observe();
        }
    }

    private void noticeHead() {
        if (timer.phase() == ConnectionPhase.IDLE && decoder.isInsideHead()) {
            timer.enter(ConnectionPhase.HEAD);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        responses.signalRoom();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.stop();
        responses.markClosed();
        state.remove(this);
        cancel();
        releaseBody();
    }

    /** Cancels the request in progress and returns whether there was one. For any thread. */
    boolean cancel() {
        NettyResponder responder = current;
        if (responder == null) {
            return false;
        }
        responder.cancellation().cancel();
        return true;
    }

    /** Returns the thread of the connection. For any thread. */
    Executor eventLoop() {
        return channel.eventLoop();
    }

    void close() {
        end.close();
    }

    /** Has the timeouts checked again and again while the client does not read, or is not read. */
    private void observe() {
        if (responses.isWaitingForClient() || pipelined.isReadingStopped()) {
            timer.observe();
        }
    }

    /** Returns whether a drain waits only a short time for the client to read. */
    private boolean isDrainedSoon() {
        return state.isDraining() && decision instanceof AcceptedRequest accepted && !accepted.delaysDrain();
    }

    private void checkTimeouts() {
        timer.check(this::check);
        observe();
    }

    /** Enforces the timeout of the current phase. */
    private void check(long now) {
        if (!channel.isActive()) {
            return;
        }
        switch (timer.phase()) {
            case IDLE -> onlyIf(timer.isExpired(now), this::lingeringClose);
            case HEAD -> onlyIf(timer.isExpired(now), () -> refuseLate("the head of the request took too long"));
            case BODY -> onlyIf(isBodyLate(now), () -> refuseLate("the body of the request came too slowly"));
            case ANSWER -> {
                onlyIf(pipelined.isHeldTooLong(timer.elapsed(now)), pipelined::discard);
                onlyIf(timer.isWriteStalled(responses, now, isDrainedSoon()), () -> {
                    LOGGER.log(Level.DEBUG, "a client does not read its response");
                    end.reset();
                });
            }
            case LINGERING_CLOSE -> onlyIf(timer.isExpired(now), this::close);
        }
    }

    private static void onlyIf(boolean due, Runnable consequence) {
        if (due) {
            consequence.run();
        }
    }

    private boolean isBodyLate(long now) {
        return body != null && !decoder.isPaused() && timer.isBodyTooSlow(body, now); // paused: it is complete, and being stored
    }

    private void refuseLate(String reason) {
        refuse(new RefusedRequestException(HttpResponseStatus.REQUEST_TIMEOUT, reason));
    }

    /** Closes the connection if it is idle. If it was in use within the last second, it may still receive one more request. */
    void drain() {
        if (timer.phase() == ConnectionPhase.IDLE) {
            timer.shortenIdleTimeout();
            check(PhaseTimer.now());
        }
        observe();
    }

    /**
     * Lingering close: closes this side and discards input while the client sends, for a limited time. A full close meanwhile would reset
     * the connection, and the client would lose the unread part of its response (RFC 9112, section 9.6).
     */
    private void lingeringClose() {
        if (!channel.isActive() || timer.phase() == ConnectionPhase.LINGERING_CLOSE) {
            return;
        }
        decoder.stop();
        timer.enter(ConnectionPhase.LINGERING_CLOSE);
        var unused = channel.config().setAutoRead(true);
        end.closeOutput();
    }

    /** Frees the body of the request in progress, which nobody reads any more. */
    void forgetBody() {
        if (body != null) {
            body.forget();
        }
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
        // A TLS failure arrives as the cause of a DecoderException; any other cause of one is a defect.
        boolean ordinary = (cause instanceof DecoderException ? cause.getCause() : cause) instanceof IOException;
        LOGGER.log(ordinary ? Level.DEBUG : Level.ERROR, "a connection failed", cause);
        close();
    }
}
