package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one answer with their meaning: heartbeats, the terminal frame, the failure that the server reports. They are pulled, or
 * cut from bytes that are fed, as those of a {@link FrameSource}. Used by one thread at a time, except where a method says otherwise.
 */
final class AnswerFrames {

    private FrameSource frames;
    private final AnswerReading answer;
    private final CompletionTracker tracker;
    private final Supplier<ErrorFacts> facts;
    private boolean begun;
    private boolean heartbeat;
    private volatile boolean terminalSeen;
    private volatile ExchangeHead head; // its framing is final with the first frame

    /**
     * Creates the frames of an answer whose head has arrived.
     *
     * @param answer the head, and the verdict on the answer
     * @param facts returns what is known of the call, for failures
     */
    AnswerFrames(FrameSource frames, AnswerReading answer, Supplier<ErrorFacts> facts) {
        this.frames = frames;
        this.answer = answer;
        this.head = answer.head();
        this.tracker = new CompletionTracker(head.provenance().backend().value());
        this.facts = facts;
    }

    /** Returns the head. For any thread. */
    ExchangeHead head() {
        return head;
    }

    /** Returns the verdict on the answer. For any thread. */
    AnswerVerdict verdict() {
        return answer.verdict();
    }

    /** Returns whether the terminal frame was seen. For any thread. */
    boolean isTerminalSeen() {
        return terminalSeen;
    }

    /** Returns whether a frame was seen that is no heartbeat. */
    boolean hasBegun() {
        return begun;
    }

    /** Returns whether the last frame is a heartbeat. */
    boolean isHeartbeat() {
        return heartbeat;
    }

    /** Pulls the next frame; null at the end of a complete answer. */
    @Nullable Frame next() {
        heartbeat = false;
        Frame frame = frames.next();
        frames = frames.settled();
        if (head.framing() != frames.framing()) {
            head = head.withFraming(frames.framing());
        }
        return frame == null ? end() : judge(frame);
    }

    /** Returns whether {@link #next()} would not wait. */
    boolean isReady() {
        return frames.isReady();
    }

    /** Takes bytes that follow those of the frames pulled so far. */
    void feed(byte[] buffer, int offset, int length) {
        frames.feed(buffer, offset, length);
    }

    /** Returns the next frame of the bytes taken, or null when more bytes are needed. */
    @Nullable Frame poll() {
        Frame frame = frames.poll();
        return frame == null ? null : judge(frame);
    }

    /** Returns the next frame of a body that has ended; null at the end of a complete answer. */
    @Nullable Frame finish() {
        Frame frame = frames.finish();
        return frame == null ? end() : judge(frame);
    }

    /** Notes that the reader understood a document as a failure which the server reports. For the thread that has read it. */
    void failed(GenerationFailedException reported) {
        answer.failed(reported);
    }

    private @Nullable Frame end() {
        if (!terminalSeen) {
            if (head.framing() != Framing.DOCUMENT && !tracker.isComplete()) {
                throw reported(tracker.failure());
            }
            answer.ended();
        }
        return null;
    }

    private Frame judge(Frame frame) {
        if (terminalSeen) {
            return frame;
        }
        Frame judged = head.framing() == Framing.DOCUMENT ? part(frame) : pieceOfStream(frame);
        begun |= !heartbeat;
        return judged;
    }

    private Frame part(Frame frame) {
        answer.read(frame);
        return frame;
    }

    private Frame pieceOfStream(Frame frame) {
        heartbeat = false;
        return switch (tracker.add(frame)) {
            case DATA -> frame;
            case HEARTBEAT -> {
                heartbeat = true;
                yield frame;
            }
            case TERMINAL -> {
                terminalSeen = true;
                yield frame.asTerminal();
            }
            case FAILURE -> throw reported(tracker.failure());
        };
    }

    private LlmException reported(LlmException failure) {
        if (failure instanceof GenerationFailedException reported) {
            answer.failed(reported);
        }
        return failure.withFacts(facts.get());
    }
}
