package dev.paddock.adapters.http.jdk;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.support.PushedBody;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The head and the body of one response. The client pushes the body and its reader pulls it: the client reads from the connection
 * while less than {@link PushedBody#READ_AHEAD} waits for the reader. Nothing of the body is read when the head violates HTTP or the
 * call has ended. Thread-safe.
 *
 * <p>The client parses what has arrived in the thread that requests more, and may not come back ({@link TrampolineExecutor}). So the
 * reader leaves that to a thread of the transport: otherwise no time limit would end its call.
 */
final class JdkBody implements HttpResponse.BodyHandler<JdkBody>, HttpResponse.BodySubscriber<JdkBody> {

    private final JdkCall call;
    private final PushedBody pushed = new PushedBody(() -> TrampolineExecutor.runInPool(this::requestMore));
    private volatile @Nullable ResponseHead head;
    private volatile @Nullable ProtocolException malformed;
    private volatile long length = Headers.UNKNOWN_LENGTH;
    private volatile Flow.@Nullable Subscription subscription;

    JdkBody(JdkCall call) {
        this.call = call;
    }

    @Override
    public JdkBody apply(HttpResponse.ResponseInfo info) {
        call.markResponseStarted();
        try {
            ResponseHead valid = headOf(info);
            length = valid.bodyLength(call.request().method());
            head = valid;
        } catch (ProtocolException violation) {
            malformed = violation;
            pushed.cancel();
        }
        return this;
    }

    /** The client hands fields over in alphabetical order and lower case. */
    private static ResponseHead headOf(HttpResponse.ResponseInfo info) throws ProtocolException {
        String protocol = info.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return ResponseHead.of(info.statusCode(), protocol, () -> {
            List<Header> fields = new ArrayList<>();
            info.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":")) {
                    values.forEach(value -> fields.add(new Header(name, value)));
                }
            });
            return fields;
        });
    }

    /** Returns the head once it has arrived. */
    ResponseHead head() throws ProtocolException {
        ProtocolException violation = malformed;
        if (violation != null) {
            throw violation;
        }
        return requireNonNull(head, "head");
    }

    @Override
    public CompletionStage<JdkBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    /** Returns the bytes, for their reader. */
    PushedBody pushed() {
        return pushed;
    }

    private void requestMore() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(1);
        }
    }

    /**
     * Returns whether all of the body has arrived. The client reports the end some time after the last byte, and has released the
     * connection then or is about to.
     */
    boolean hasArrived() {
        return pushed.isComplete() || pushed.received() == length;
    }

    /** Fails the body, for its reader to see; false when the head has not arrived yet. */
    boolean failIfStarted(Throwable cause) {
        boolean started = head != null || malformed != null;
        if (started) {
            pushed.fail(cause);
        }
        return started;
    }

    /**
     * Discards what has arrived, wakes the reader, and closes the connection unless the body is complete.
     *
     * @return false when the client has not begun to read, and may never do so
     */
    boolean cancel() {
        pushed.cancel();
        Flow.Subscription begun = subscription;
        if (begun != null && !hasArrived()) {
            begun.cancel();
        }
        return begun != null;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        if (pushed.isCancelled()) {
            begun.cancel();
        } else {
            TrampolineExecutor.runInPool(this::requestMore);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (pushed.add(buffers)) {
            requestMore();
        }
    }

    @Override
    public void onComplete() {
        pushed.complete();
    }

    @Override
    public void onError(Throwable cause) {
        pushed.fail(cause);
    }
}
