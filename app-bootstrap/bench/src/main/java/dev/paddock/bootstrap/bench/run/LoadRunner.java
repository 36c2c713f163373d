package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.ArrivalProcess;
import dev.paddock.bootstrap.bench.load.Conversation.Turn;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.SessionSource;
import dev.paddock.bootstrap.bench.load.SessionSource.BenchSession;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import dev.paddock.bootstrap.bench.run.Sample.RequestOutcome;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Cancellation.Registration;
import dev.paddock.domain.model.generation.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a load when they are due, each conversation on a virtual thread, and records their outcomes.
 *
 * <p>Without an arrival process the loop is closed: a request is due when its caller has received the previous answer. With one the loop
 * is open: the schedule is fixed in advance, so that the time for which a stalled server delays later requests counts as their
 * latency (no coordinated omission). The later turns of a conversation are due when the answer before them is complete.
 */
final class LoadRunner {

    private final LoadPlan plan;
    private final SessionSource sessions;
    private final ModeCalls calls;
    private final LoadRecorder recorder;
    private final LoadClock clock;
    private final Cancellation stop;
    private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

    LoadRunner(
            LoadPlan plan, SessionSource sessions, ModeCalls calls, LoadRecorder recorder, LoadClock clock, Cancellation stop) {
        this.plan = requireNonNull(plan, "plan");
        this.sessions = requireNonNull(sessions, "sessions");
        this.calls = requireNonNull(calls, "calls");
        this.recorder = requireNonNull(recorder, "recorder");
        this.clock = requireNonNull(clock, "clock");
        this.stop = requireNonNull(stop, "stop");
    }

    /** Sends all requests; returns early when the benchmark is stopped. */
    void run(long start) {
        Duration duration = plan.size().measured().duration();
        long end = duration == null ? Long.MAX_VALUE : start + duration.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ArrivalProcess arrivals = plan.loadRate().arrivals();
            if (arrivals == null) {
                for (int index = 0; index < plan.loadRate().callers(); index++) {
                    threads.execute(() -> guarded(() -> callRepeatedly(end)));
                }
            } else {
                startOnSchedule(start, end, arrivals, (session, due) ->
                        threads.execute(() -> guarded(() -> converse(session, due, end))));
            }
        }
        // The executor has waited for all requests.
        Throwable failure = defect.get();
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (failure != null) {
            throw new IllegalStateException("the load failed: " + failure, failure);
        }
    }

    /** Runs a task and keeps the first failure of one, which is none of a request; the load ends then. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error unexpected) {
            defect.compareAndSet(null, unexpected);
            stop.cancel();
        }
    }

    private void callRepeatedly(long end) {
        while (!isOver(end)) {
            BenchSession session = sessions.next();
            if (session == null) {
                return;
            }
            converse(session, clock.now(), end);
        }
    }

    private boolean isOver(long end) {
        return stop.isCancelled() || (end != Long.MAX_VALUE && clock.now() - end >= 0);
    }

    /** Takes the turns of a conversation one after the other; the first one was due at the given time. */
    private void converse(BenchSession session, long due, long end) {
        List<Message> messages = new ArrayList<>();
        if (session.system() != null) {
            messages.add(Message.system(session.system()));
        }
        long nextDue = due;
        for (Turn turn : session.turns()) {
            messages.add(Message.user(turn.prompt()));
            int outputTokens = Objects.requireNonNullElse(turn.outputTokens(), plan.workload().outputTokens().most());
            if (call(session, new BenchCall(plan.workload().kind(), session.model(), messages, outputTokens, clock), nextDue)
                    instanceof AnsweredRequest answered) {
                messages.add(Message.assistant(answered.text()));
            } else {
                messages.removeLast(); // the conversation goes on without what got no answer
            }
            nextDue = clock.now();
            if (isOver(end)) {
                return;
            }
        }
    }

    /** Sends a request that was due at the given time; a cancelled one is not recorded. */
    private RequestOutcome call(BenchSession session, BenchCall call, long due) {
        recorder.start(clock.now());
        RequestOutcome outcome = outcome(call);
        if (outcome instanceof FailedRequest failed && failed.kind() == ErrorKind.CANCELLED) {
            recorder.cancel(clock.now());
        } else {
            recorder.add(new Sample(session.model().value(), due, clock.now(), outcome), session.repeated());
        }
        return outcome;
    }

    private RequestOutcome outcome(BenchCall call) {
        try {
            return calls.send(call, CallContext.create().withCancellation(stop));
        } catch (LlmException failed) {
            String address = failed.facts().backend() == null ? null : failed.facts().backend().value();
            return new FailedRequest(failed.kind(), String.valueOf(failed.getMessage()), address);
        }
    }

    private void startOnSchedule(long start, long end, ArrivalProcess arrivals, SessionStarter starter) {
        CountDownLatch stopped = new CountDownLatch(1);
        Registration registration = stop.onCancel(stopped::countDown);
        PrimitiveIterator.OfLong offsets = arrivals.offsets();
        try {
            while (offsets.hasNext()) {
                long due = start + offsets.nextLong();
                BenchSession session = due - end < 0 ? sessions.next() : null;
                if (session == null || clock.awaitUntil(due, stopped)) {
                    return;
                }
                recorder.addArrival(Math.max(0, clock.now() - due));
                starter.start(session, due);
            }
        } catch (InterruptedException asked) {
            stop.cancel();
            Thread.currentThread().interrupt();
        } finally {
            registration.close();
        }
    }

    /** Starts a conversation that is due at the given time. */
    private interface SessionStarter {

        void start(BenchSession session, long due);
    }
}
