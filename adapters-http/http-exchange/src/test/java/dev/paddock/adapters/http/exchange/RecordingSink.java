package dev.paddock.adapters.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps frames, and can take more as long as a test wants. */
final class RecordingSink implements FrameSink {

    private final List<String> frames = Collections.synchronizedList(new ArrayList<>());
    private final List<Runnable> resumes = new CopyOnWriteArrayList<>();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private volatile int room = Integer.MAX_VALUE;
    private volatile @Nullable RuntimeException refusal;
    private volatile Runnable onFrame = () -> {};

    /** Can take so many frames in all. */
    RecordingSink withRoom(int count) {
        room = count;
        return this;
    }

    RecordingSink refusing(RuntimeException reason) {
        refusal = reason;
        return this;
    }

    RecordingSink onEachFrame(Runnable action) {
        onFrame = action;
        return this;
    }

    List<String> frames() {
        synchronized (frames) {
            return new ArrayList<>(frames);
        }
    }

    Set<String> threads() {
        return threads;
    }

    /** The actions of those who wait for room, in order. */
    List<Runnable> resumes() {
        return resumes;
    }

    @Override
    public boolean accept(Frame frame) {
        if (refusal != null) {
            throw refusal;
        }
        threads.add(Thread.currentThread().getName());
        frames.add(new String(frame.bytes(), UTF_8));
        onFrame.run();
        return frames.size() < room;
    }

    @Override
    public void whenReady(Runnable resume) {
        if (frames.size() < room) {
            resume.run();
        } else {
            resumes.add(resume);
        }
    }
}
