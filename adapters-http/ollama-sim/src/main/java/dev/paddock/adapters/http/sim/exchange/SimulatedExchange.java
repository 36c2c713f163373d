package dev.paddock.adapters.http.sim.exchange;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultPlan;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request and its response.
 *
 * <p>Everything that takes time waits here, so that a client that disconnects is noticed at once, whatever the handler
 * is doing.
 */
public final class SimulatedExchange {
    private final RecordedRequest request;
    private final byte[] body;
    private final boolean keepAlive;
    private final FaultPlan faults;
    private final CompletableFuture<Void> disconnection = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private final SegmentWriter wire;
    private final SimulatedResponseWriter responder;
    private volatile boolean working;

    /**
     * Makes an exchange.
     *
     * @param body the bytes of the request body; not copied
     * @param keepAlive whether the connection stays open after the response
     */
    public SimulatedExchange(
            RecordedRequest request, byte[] body, boolean keepAlive, Channel channel, FaultPlan faults,
            boolean shuffledKeys) {
        this.request = request;
        this.body = body;
        this.keepAlive = keepAlive;
        this.faults = faults;
        this.wire = new SegmentWriter(channel, this);
        this.responder = new SimulatedResponseWriter(this, shuffledKeys || faults.has(Fault.Quirk.SHUFFLED_KEYS));
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

    public SegmentWriter wire() {
        return wire;
    }

    public FaultPlan faults() {
        return faults;
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
}
