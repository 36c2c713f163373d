package dev.paddock.adapters.http.jdk;

import static java.util.Objects.requireNonNull;

import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Receives the head of a response from the client and prepares for its body, none of which is read when the head breaks
 * HTTP or the call has ended. Thread-safe.
 */
final class JdkBodyHandler implements HttpResponse.BodyHandler<JdkBodySubscriber> {

    private final String method;
    private final JdkCallState state;
    private final Lock lock = new ReentrantLock();
    private @Nullable JdkResponseHead head; // guarded by lock
    private @Nullable JdkBodySubscriber body; // guarded by lock
    private @Nullable ProtocolException malformed; // guarded by lock
    private boolean cancelled; // guarded by lock

    JdkBodyHandler(String method, JdkCallState state) {
        this.method = method;
        this.state = state;
    }

    @Override
    public JdkBodySubscriber apply(HttpResponse.ResponseInfo info) {
        state.responseStarted();
        lock.lock();
        try {
            JdkBodySubscriber started = receive(info);
            body = started;
            if (cancelled) {
                started.refuse();
            }
            return started;
        } finally {
            lock.unlock();
        }
    }

    private JdkBodySubscriber receive(HttpResponse.ResponseInfo info) {
        try {
            JdkResponseHead valid = JdkResponseHead.of(info, method);
            head = valid;
            return new JdkBodySubscriber(valid.length());
        } catch (ProtocolException invalid) {
            malformed = invalid;
            cancelled = true;
            return new JdkBodySubscriber(-1);
        }
    }

    /** Returns the head of the response. */
    JdkResponseHead head() throws ProtocolException {
        lock.lock();
        try {
            if (malformed != null) {
                throw malformed;
            }
            return requireNonNull(head, "head");
        } finally {
            lock.unlock();
        }
    }

    /** Returns the body of the response. */
    JdkBodySubscriber body() {
        lock.lock();
        try {
            return requireNonNull(body, "body");
        } finally {
            lock.unlock();
        }
    }

    /** Ends the body with a failure, which is for its reader to meet; false when there is none yet. */
    boolean breakOff(Throwable failure) {
        lock.lock();
        try {
            if (body != null) {
                body.onError(failure);
            }
            return body != null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the body, which closes the connection unless it is complete; false when the client is not at it. */
    boolean cancel() {
        JdkBodySubscriber started;
        lock.lock();
        try {
            cancelled = true;
            started = body;
        } finally {
            lock.unlock();
        }
        return started != null && started.cancel();
    }
}
