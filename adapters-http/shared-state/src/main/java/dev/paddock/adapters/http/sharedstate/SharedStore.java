package dev.paddock.adapters.http.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.domain.metrics.SharedStateMetrics;
import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The store as this process knows it: whether it can be used, and how far both agree. A thread of its own connects, and looks at the store
 * four times a second and whenever there is a reason; operations use what it found, and report failures to it. Thread-safe.
 */
final class SharedStore implements AutoCloseable {

    /** The longest time between two looks. */
    static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Duration OPENING = Duration.ofSeconds(1);
    private static final Duration SHORTEST_STEP = Duration.ofMillis(400);

    /** How long a look may take until the connection is taken for dead. */
    private static final Duration DEAD_AFTER = Duration.ofSeconds(1);

    /** How many looks in time it takes until a store that was too slow is used again. */
    static final int LOOKS_AFTER_SLOWNESS = 2;

    private final String process = UUID.randomUUID().toString();
    private final SharedStateSettings settings;
    private final StoreNames names;
    private final StoreConnector connector;
    private final Agreement agreement = new Agreement();
    private final RenewedLeases leases;
    private final StateLog log;
    private final Wakeup wakeup;
    private final CountDownLatch firstLook = new CountDownLatch(1);
    private volatile StoreState state = StoreState.UNAVAILABLE;
    private volatile @Nullable StoreSession session; // usable unless the state is UNAVAILABLE
    private volatile @Nullable SessionFailure reported; // of an operation since the last look
    private volatile Runnable afterLook = () -> {};
    private volatile boolean canWithdraw;
    private volatile boolean isMember;
    private volatile int members = 1;
    private volatile boolean closed;
    private @Nullable StoreState logged; // what was logged last, null at the start; this and below are used by the thread of the store only
    private boolean isReasonOpen;
    private int looksToWait;

    SharedStore(SharedStateSettings settings, MetricsPort metrics, Ticker ticker, Wakeup wakeup) {
        this.settings = settings;
        this.wakeup = wakeup;
        this.names = new StoreNames(settings.prefix());
        this.connector = new StoreConnector(settings.store(), OPENING);
        this.leases = new RenewedLeases(process, ticker);
        this.log = new StateLog(settings.store(), ticker);
        for (StoreState each : StoreState.values()) {
            metrics.gauge(SharedStateMetrics.STATE.with(each.label()), () -> state == each ? 1 : 0);
        }
        metrics.gauge(SharedStateMetrics.MEMBERS.with(), () -> members);
    }

    /** Starts the thread, and waits for the end of its first look, but not long. */
    void start() {
        Thread.ofVirtual().name("paddock-shared-state").start(this::run);
        try {
            boolean unused = firstLook.await(OPENING.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    SharedStateSettings settings() {
        return settings;
    }

    StoreNames names() {
        return names;
    }

    Agreement agreement() {
        return agreement;
    }

    RenewedLeases leases() {
        return leases;
    }

    StoreState state() {
        return state;
    }

    /** Returns the session for operations, or null while the store is not used. */
    @Nullable StoreSession session() {
        return state == StoreState.UNAVAILABLE ? null : session;
    }

    /**
     * Returns whether the store can delete what processes agree on. While it cannot, it may have the generation before a removal, which a
     * process that starts later takes for valid.
     */
    boolean canWithdraw() {
        return canWithdraw;
    }

    /** Returns how many processes share rate limits, at least 1: as last seen, also while the store is not available. */
    int members() {
        return members;
    }

    /** Makes this process one of those that share rate limits. */
    void join() {
        isMember = true;
        lookSoon();
    }

    /** Sets what is done after each look, in the thread of the store; it must not wait. */
    void onLook(Runnable action) {
        afterLook = action;
    }

    /** Looks at the store as soon as possible. Returns at once. */
    void lookSoon() {
        wakeup.signal();
    }

    /** Notes that an operation failed in a session. That one which is no longer used has ended says nothing about the present one. */
    void failed(String operation, StoreSession failed, StoreFailure failure) {
        switch (failure.kind()) {
            case REFUSED -> log.refused(operation, failure.reason());
            case WRITES_REFUSED -> lookSoon();
            case SLOW, LOST -> {
                if (failed == session) {
                    reported = new SessionFailure(failed, failure);
                    state = StoreState.UNAVAILABLE; // at once; the thread of the store logs it
                    lookSoon();
                }
            }
        }
    }

    private void run() {
        while (!closed) {
            look();
            firstLook.countDown();
            wakeup.await(INTERVAL);
        }
        StoreSession last = session;
        if (last != null && isMember) {
            var unused = last.commands().zrem(names.members(), process.getBytes(UTF_8));
        }
        connector.close(); // with all connections, and not while one of them is being opened
    }

    private void look() {
        SessionFailure report = reported;
        reported = null;
        StoreSession present = session;
        if (report != null && report.session() == present) {
            become(StoreState.UNAVAILABLE, report.failure());
            if (report.failure().kind() == StoreFailure.Kind.LOST) {
                abandon(present);
                present = null;
            }
        }
        Duration step = firstLook.getCount() > 0 ? OPENING : reopening(settings.timeout());
        try {
            if (present == null || !present.isOpen()) {
                abandon(present);
                present = connector.open(names.changes(), this::heard, step);
                session = present;
            }
            synchronize(present);
            afterLook.run();
        } catch (TimeoutException late) {
            abandon(present);
            become(StoreState.UNAVAILABLE, StoreFailure.slow(step));
        } catch (ExecutionException | RuntimeException failed) {
            abandon(present);
            become(StoreState.UNAVAILABLE, StoreFailure.of(failed));
        } catch (InterruptedException interrupted) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns how long a step of opening a session may take once this process has looked at the store: a step that began before the return of
     * the store delays its use for so long.
     */
    static Duration reopening(Duration timeout) {
        Duration some = timeout.compareTo(OPENING) > 0 ? OPENING : timeout.multipliedBy(4);
        return some.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : some.compareTo(OPENING) > 0 ? OPENING : some;
    }

    private void abandon(@Nullable StoreSession lost) {
        session = null;
        if (lost != null) {
            lost.close();
        }
    }

    /** Agrees with the store, and finds out what it can do. */
    private void synchronize(StoreSession present) throws ExecutionException, TimeoutException, InterruptedException {
        Agreement.Proposal proposal = agreement.propose();
        RedisFuture<List<byte[]>> reply = present.run(
                Scripts.SYNCHRONIZE,
                ScriptOutputType.MULTI,
                List.of(names.generation(), names.models(), names.members(), names.probe()),
                Long.toString(proposal.generation()),
                proposal.isRemoval() ? "1" : "",
                proposal.isModelChange() ? proposal.models() : "",
                isMember ? process : "",
                Long.toString(RenewedLeases.LIFETIME.toMillis()));
        List<byte[]> values;
        try {
            values = reply.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            become(StoreState.UNAVAILABLE, StoreFailure.slow(settings.timeout()));
            values = reply.get(DEAD_AFTER.toNanos(), TimeUnit.NANOSECONDS);
            agreement.accept(proposal, number(values.get(0)), text(values.get(1)));
            lookSoon();
            return;
        }
        agreement.accept(proposal, number(values.get(0)), text(values.get(1)));
        members = isMember ? Math.max(1, (int) number(values.get(2))) : members;
        for (String announcement : proposal.announcements()) {
            var unused = present.commands().publish(names.changes(), (process + " " + announcement).getBytes(UTF_8));
        }
        leases.renewWith(present);
        String refused = text(values.get(3));
        canWithdraw = refused.isEmpty() || refused.contains("OOM"); // a full store still deletes; one that cannot save does not
        if (looksToWait > 0) {
            looksToWait--;
        } else {
            become(refused.isEmpty() ? StoreState.AVAILABLE : StoreState.READ_ONLY, StoreFailure.ofReply(refused));
        }
    }

    /** Learns what another process has announced; in the thread of the connection. */
    private void heard(String message) {
        int end = message.indexOf(' ');
        if (end > 0 && !message.substring(0, end).equals(process)) {
            agreement.hear(message.substring(end + 1));
            lookSoon();
        }
    }

    private void become(StoreState next, StoreFailure failure) {
        if (closed) {
            return;
        }
        if (failure.kind() == StoreFailure.Kind.SLOW) {
            looksToWait = LOOKS_AFTER_SLOWNESS - 1;
        }
        boolean isFirstReason = logged == StoreState.UNAVAILABLE && isReasonOpen && failure.kind() != StoreFailure.Kind.SLOW;
        if (logged != next || isFirstReason) {
            // A first connection that takes long is not the reason why the store cannot be used: that is logged once it is known.
            isReasonOpen = logged == null && failure.kind() == StoreFailure.Kind.SLOW;
            log.changed(logged, next, failure.reason());
            logged = next;
        }
        state = next;
    }

    private static long number(byte[] text) {
        return Long.parseLong(text(text));
    }

    private static String text(byte[] bytes) {
        return new String(requireNonNull(bytes, "bytes"), UTF_8);
    }

    /** Ends the thread, which closes the connections. Returns at once. */
    @Override
    public void close() {
        closed = true;
        state = StoreState.UNAVAILABLE;
        wakeup.signal();
    }

    /** The failure of an operation, and the session in which it failed. */
    private record SessionFailure(StoreSession session, StoreFailure failure) {}
}
