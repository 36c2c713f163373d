package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.AcceptedRequest;
import dev.paddock.adapters.http.server.BodyStorage;
import dev.paddock.adapters.http.server.RequestDecision;
import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts what it is given and answers with the length of the body, unless a test wants something else. */
final class RecordingHandler implements RequestHandler {

    /** The header of every response to an accepted request; its value is the path. */
    static final String COMMON = "X-Accepted-Path";

    /** How a test answers. */
    interface Answer {
        void give(ServerRequest request, Responder responder) throws Exception;
    }

    /** What the server asked to be worded. */
    record Worded(int status, String reason, @Nullable String path, String client) {}

    private final List<ServerRequest> handled = new CopyOnWriteArrayList<>();
    private final List<RequestHead> asked = new CopyOnWriteArrayList<>();
    private final List<Worded> worded = new CopyOnWriteArrayList<>();
    private final AtomicReference<Answer> answer = new AtomicReference<>((request, responder) ->
            responder.send(text(200, request.head().target() + " " + request.body().length())));
    private volatile @Nullable String upload; // the path that takes large bodies
    private volatile @Nullable String immediate; // the path that is answered on the thread of the connection
    private volatile @Nullable String bodiless; // the path that takes no body
    private volatile @Nullable String expendable; // the path whose responses a drain does not wait for
    private final AtomicReference<Function<RequestHead, @Nullable ServerResponse>> gate = new AtomicReference<>(head -> null);

    static ServerResponse text(int status, String text) {
        return new ServerResponse(status, Headers.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }

    RecordingHandler answering(Answer wanted) {
        answer.set(wanted);
        return this;
    }

    RecordingHandler refusing(Function<RequestHead, @Nullable ServerResponse> wanted) {
        gate.set(wanted);
        return this;
    }

    RecordingHandler taking(String uploadPath) {
        upload = uploadPath;
        return this;
    }

    RecordingHandler atOnce(String path) {
        immediate = path;
        return this;
    }

    RecordingHandler takingNoBody(String path) {
        bodiless = path;
        return this;
    }

    RecordingHandler delayingNoDrain(String path) {
        expendable = path;
        return this;
    }

    List<ServerRequest> handled() {
        return handled;
    }

    /** The targets that were handled, in order. */
    List<String> targets() {
        return handled.stream().map(request -> request.head().target()).toList();
    }

    List<RequestHead> asked() {
        return asked;
    }

    List<Worded> worded() {
        return worded;
    }

    @Override
    public RequestDecision decide(RequestHead head) {
        asked.add(head);
        ServerResponse refusal = gate.get().apply(head);
        return refusal == null ? new Accepted(head) : refusal;
    }

    @Override
    public ServerResponse renderRefusal(int status, String reason, @Nullable String path, String client) {
        worded.add(new Worded(status, reason, path, client));
        return text(status, reason);
    }

    private final class Accepted implements AcceptedRequest {

        private final RequestHead head;

        Accepted(RequestHead head) {
            this.head = head;
        }

        @Override
        public Headers responseHeaders() {
            return Headers.of(COMMON, head.path());
        }

        @Override
        public BodyStorage bodyStorage() {
            if (head.path().equals(bodiless)) {
                return BodyStorage.NONE;
            }
            return head.path().equals(upload) ? BodyStorage.FILE : BodyStorage.MEMORY;
        }

        @Override
        public boolean isAnsweredAtOnce() {
            return head.path().equals(immediate);
        }

        @Override
        public boolean delaysDrain() {
            return !head.path().equals(expendable);
        }

        @Override
        public String caller() {
            return head.client();
        }

        @Override
        public ServerResponse renderRefusal(int status, String reason) {
            return RecordingHandler.this.renderRefusal(status, reason, head.path(), head.client());
        }

        @Override
        public void answer(ServerRequest request, Responder responder) {
            handled.add(request);
            try {
                answer.get().give(request, responder);
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
