package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.pool.PhaseTimeout;
import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands the frames of a body to a sink in the thread that delivers its bytes. The time limit from frame to frame runs while the
 * sink can take more; it does not run while the sink makes the server wait.
 */
final class ForwardedBody implements BodyReceiver {

    private final AnswerFrames frames;
    private final PhaseTimeout timeout;
    private final Duration patienceAfterTerminal;
    private final FrameSink sink;
    private volatile boolean ready = true; // whether the sink can take more
    private volatile boolean ended;

    ForwardedBody(AnswerFrames frames, PhaseTimeout timeout, Duration patienceAfterTerminal, FrameSink sink) {
        this.frames = frames;
        this.timeout = timeout;
        this.patienceAfterTerminal = patienceAfterTerminal;
        this.sink = sink;
    }

    /** Hands over a frame that was pulled. */
    void accept(Frame frame) {
        ready = sink.accept(frame);
        sink.flush();
    }

    /** Hands over the frames that have arrived with the first one, and starts the time limit unless the sink is full. */
    void start() {
        handOver();
        sink.flush();
        if (ready) {
            startTimeout();
        }
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    /** Drops from now on the bytes that still arrive. For any thread. */
    void end() {
        ended = true;
    }

    @Override
    public boolean receive(byte[] buffer, int offset, int length) {
        if (ended) {
            return true;
        }
        frames.feed(buffer, offset, length);
        handOver();
        return ready;
    }

    @Override
    public void flush() {
        if (!ended) {
            sink.flush();
        }
    }

    @Override
    public void whenReady(Runnable resume) {
        AtomicBoolean resumed = new AtomicBoolean();
        sink.whenReady(() -> {
            if (resumed.compareAndSet(false, true)) {
                ready = true;
                startTimeout();
                resume.run();
            }
        });
    }

    /** Hands over the rest of a body that has ended. */
    void finish() {
        for (Frame frame = frames.finish(); frame != null && !ended; frame = frames.finish()) {
            accept(frame);
        }
    }

    private void handOver() {
        boolean hasContent = false;
        try {
            for (Frame frame = frames.poll(); frame != null && !ended; frame = frames.poll()) {
                ready = sink.accept(frame);
                hasContent |= !frames.isHeartbeat();
            }
        } catch (RuntimeException | Error failure) {
            sink.flush(); // the frames before it
            throw failure;
        }
        if (hasContent && !frames.isTerminalSeen()) {
            timeout.restart();
        } else if (hasContent) {
            timeout.stop();
            startTimeout();
        }
        if (!ready) {
            timeout.pause();
        }
    }

    private void startTimeout() {
        if (frames.isTerminalSeen()) {
            timeout.start(patienceAfterTerminal);
        } else {
            timeout.start();
        }
    }
}
