package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.support.TcpConnector.Opener;
import dev.paddock.adapters.http.spi.support.TcpConnector.Opening;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection to one of several addresses (RFC 8305, section 5, "Happy Eyeballs"): the attempt at the next address begins 250 ms
 * after the one before, or when none is in progress any more. The first connection that is open is kept; the end of the race, or of the
 * call, closes the others. Run by the thread of the call; a single address is tried in that thread, several in threads of their own.
 */
final class AddressRace<T> {

    private static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private final AbstractTransportCall call;
    private final TcpConnector connector;
    private final Opener<T> opener;
    private final CompletableFuture<Void> endOfCall = new CompletableFuture<>();
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>(); // added to by the thread of the call only
    private final BlockingQueue<Attempt> ended = new LinkedBlockingQueue<>();

    AddressRace(AbstractTransportCall call, TcpConnector connector, Opener<T> opener) {
        this.call = call;
        this.connector = connector;
        this.opener = opener;
    }

    /**
     * Returns the first connection that is open.
     *
     * @param addresses at least one, in the order in which they are tried
     * @throws IOException if no address can be connected in time, with the failure of the last address; or if the call ends
     */
    T run(List<InetAddress> addresses, int port) throws IOException {
        var unused = endOfCall.whenComplete((nothing, cancelled) -> attempts.forEach(Attempt::end));
        call.cancelOnEnd(endOfCall);
        Attempt winner = null;
        try {
            winner = winner(addresses, port);
            List<InetAddress> before =
                    attempts.subList(0, attempts.indexOf(winner)).stream().map(beaten -> beaten.address.getAddress()).toList();
            call.transport().addressOrder().connected(winner.address.getAddress(), before);
            winner.handOver();
            return winner.result();
        } finally {
            call.cancelOnEnd(null); // a call that goes on keeps nothing of this
            for (Attempt attempt : attempts) {
                if (attempt != winner) {
                    attempt.end();
                }
            }
        }
    }

    private Attempt winner(List<InetAddress> addresses, int port) throws IOException {
        Duration share = call.transport().settings().connectTimeout().dividedBy(addresses.size());
        long delay = Math.min(ATTEMPT_DELAY.toNanos(), share.toNanos());
        int failed = 0;
        long lastStart = 0;
        while (failed < addresses.size()) {
            call.requireRunning();
            boolean hasMore = attempts.size() < addresses.size();
            long untilNext = lastStart + delay - System.nanoTime();
            if (hasMore && (failed == attempts.size() || untilNext <= 0)) {
                lastStart = System.nanoTime();
                start(new Attempt(new InetSocketAddress(addresses.get(attempts.size()), port), connector.remaining()), addresses.size() == 1);
                continue;
            }
            Attempt next = await(hasMore ? untilNext : Long.MAX_VALUE);
            if (next != null && next.isOpen()) {
                return next;
            }
            failed += next == null ? 0 : 1;
        }
        call.requireRunning();
        throw failureOfAll();
    }

    private void start(Attempt attempt, boolean isOnly) {
        attempts.add(attempt);
        if (endOfCall.isDone()) {
            attempt.end();
        }
        if (isOnly) {
            attempt.run();
        } else {
            Thread.ofVirtual().name("paddock-connect").start(attempt);
        }
    }

    /** Returns the next attempt that has ended, or null if none has in time. Each attempt ends by itself with the connect timeout. */
    private @Nullable Attempt await(long nanos) throws IOException {
        try {
            return ended.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted").initCause(interrupted);
        }
    }

    private IOException failureOfAll() throws IOException {
        IOException last = null;
        for (Attempt attempt : attempts) {
            IOException failure = attempt.failure();
            if (last != null) {
                failure.addSuppressed(last);
            }
            last = failure;
        }
        return last == null ? new SocketTimeoutException("Connect timed out") : last;
    }

    /** An attempt at one address. */
    private final class Attempt implements Runnable, Opening {

        private final InetSocketAddress address;
        private final Duration limit;
        private @Nullable Closeable opening; // guarded by this, as hasEnded
        private boolean hasEnded;
        private volatile @Nullable T result;
        private volatile @Nullable Throwable failure;

        Attempt(InetSocketAddress address, Duration limit) {
            this.address = address;
            this.limit = limit;
        }

        @Override
        public void run() {
            try {
                result = opener.open(address, limit, this);
            } catch (IOException | RuntimeException | Error failed) {
                failure = failed;
            } finally {
                ended.add(this);
            }
        }

        @Override
        public synchronized void closeWith(Closeable resource) throws IOException {
            if (hasEnded) {
                resource.close();
                throw new SocketException("The call has ended, or another address was faster");
            }
            opening = resource;
        }

        synchronized void end() {
            hasEnded = true;
            Closeable resource = opening;
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (IOException failed) {
                return; // it is of no use any more in any case
            }
        }

        /** Leaves the open connection to who asked for it: only that one knows why it is closed later. */
        synchronized void handOver() {
            opening = null;
        }

        boolean isOpen() {
            return failure == null;
        }

        T result() {
            T opened = result;
            if (opened == null) {
                throw new IllegalStateException("an opener returns a connection");
            }
            return opened;
        }

        IOException failure() {
            return switch (failure) {
                case IOException failed -> failed;
                case RuntimeException defect -> throw defect;
                case Error defect -> throw defect;
                case null, default -> new SocketException("The attempt has failed");
            };
        }
    }
}
