package dev.paddock.adapters.http.sim.exchange;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response.
 *
 * <p>Everything that takes time waits here, so that a client that disconnects is noticed at once, whatever the handler
 * is doing. Bytes go out in exactly the segments they are given in.
 */
public final class SimulatedExchange {
    private final RecordedRequest request;
    private final byte[] body;
    private final boolean keepAlive;
    private FaultScript faults;
    private @Nullable ScriptedAnswer scripted;
    private final CompletableFuture<Void> disconnection = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private final Channel channel;
    private final SimulatedResponseWriter responder;
    private volatile boolean working;

    /**
     * Makes an exchange.
     *
     * @param body the bytes of the request body; not copied
     * @param keepAlive whether the connection stays open after the response
     */
    public SimulatedExchange(
            RecordedRequest request, byte[] body, boolean keepAlive, Channel channel, FaultScript faults,
            boolean shuffledKeys) {
        this.request = request;
        this.body = body;
        this.keepAlive = keepAlive;
        this.faults = faults;
        this.channel = channel;
        this.responder = new SimulatedResponseWriter(this, shuffledKeys);
    }

    /** The connection ended while its request was handled: nothing can be answered any more. */
    public static final class ConnectionEndedException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final boolean byClient;

        private ConnectionEndedException(boolean byClient) {
            super("connection ended", null, false, false);
            this.byClient = byClient;
        }

        /** Whether the client disconnected; otherwise a fault closed the connection. */
        public boolean byClient() {
            return byClient;
        }
    }

    public RecordedRequest request() {
        return request;
    }

    public byte[] body() {
        return body;
    }

    public boolean keepAlive() {
        return keepAlive;
    }

    /** The fields of the body; the type is Go's name of what it is decoded into. */
    public RequestFields fields(String type) {
        return RequestFields.parse(body, type);
    }

    public SimulatedResponseWriter responder() {
        return responder;
    }

    public FaultScript faults() {
        return faults;
    }

    /** Answers as scripted, with the faults of the script besides those of the queue. Called before anything is answered. */
    public void answer(ScriptedAnswer answer) {
        scripted = answer;
        faults = faults.and(answer.faults());
    }

    /** Whether the answer is scripted: it then needs no model on the disk. */
    public boolean isScripted() {
        return scripted != null;
    }

    /** The scripted content of this type, or null when there is none. */
    public <T extends ScriptedAnswer.Content> @Nullable T scripted(Class<T> type) {
        return scripted != null && type.isInstance(scripted.content()) ? type.cast(scripted.content()) : null;
    }

    public long startedNanos() {
        return startedNanos;
    }

    /** Whether the model loads, queues or generates for this request: a disconnection then cancels that. */
    public boolean isWorking() {
        return working;
    }

    public void setWorking(boolean now) {
        working = now;
    }

    /** Called from the event loop when the client has closed or reset the connection, or half of it. */
    public void clientDisconnected() {
        disconnection.complete(null);
    }

    public CompletableFuture<Void> disconnection() {
        return disconnection;
    }

    public void requireClientConnected() {
        if (disconnection.isDone()) {
            throw new ConnectionEndedException(true);
        }
    }

    public void pause(Duration duration) {
        requireClientConnected();
        if (duration.isZero()) {
            return;
        }
        try {
            disconnection.get(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            // The pause is over; the client is still there or has disconnected this very moment.
        } catch (ExecutionException | InterruptedException stopped) {
            throw new CompletionException(stopped);
        }
        requireClientConnected();
    }

    public void await(Latch latch) {
        await(latch.arrive());
    }

    public void await(CompletableFuture<Void> event) {
        CompletableFuture.anyOf(event, disconnection).join();
        requireClientConnected();
    }

    public void awaitDisconnection() {
        disconnection.join();
        requireClientConnected();
    }

    /** Sends one segment, or one for each byte when a fault demands it. */
    public void send(byte[] bytes) {
        Fault.SlowDrip drip = faults.find(Fault.SlowDrip.class).orElse(null);
        if (drip == null) {
            write(bytes);
            return;
        }
        for (byte single : bytes) {
            pause(drip.perByte());
            write(new byte[] {single});
        }
    }

    /** Waits while the client reads more slowly than the server writes. */
    private void write(byte[] bytes) {
        requireClientConnected();
        if (!channel.isActive()) {
            throw new ConnectionEndedException(true);
        }
        ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        if (channel.isWritable()) {
            return;
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        ChannelFuture unused = written.addListener(future -> outcome.complete(future.isSuccess()));
        if (!outcome.join()) {
            throw new ConnectionEndedException(true);
        }
    }

    /** Closes the connection after everything sent so far has been handed to the network. */
    public void close(TcpClose kind) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener((ChannelFutureListener) future -> closeNow(kind));
    }

    private void closeNow(TcpClose kind) {
        if (kind == TcpClose.RESET && channel.isOpen()) {
            boolean unused = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelFuture unused = channel.close();
    }

    /** Closes the connection as a fault demands, and ends the handling of the request. */
    public void abort(TcpClose kind) {
        close(kind);
        throw new ConnectionEndedException(false);
    }
}
