package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.adapters.http.wire.document.DocumentAssembler;
import dev.paddock.adapters.http.wire.telemetry.JsonInferenceReader;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import dev.paddock.domain.telemetry.AnswerFacts;
import dev.paddock.domain.telemetry.AnswerFactsReader;
import dev.paddock.domain.telemetry.InferenceReader;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Relays one response downstream. Used by one thread at a time: the frames may come on an event loop. */
final class ResponseRelay {

    private static final InferenceReader READER = new JsonInferenceReader();
    private static final byte[] LINE_END = {'\n'};
    private static final byte[] EVENT_END = {'\n', '\n'};

    private static final String CONTENT_TYPE = "Content-Type";
    private static final int SHARE_OF_HEAP = 16;

    /** The most bytes of an answer that is assembled. */
    private static final long LONGEST_ASSEMBLED = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final RelayedRequest relayed;
    private final boolean documentRequested;
    private final Responder responder;
    private final RandomGenerator random;
    private final BodyTail tail = new BodyTail();
    private @Nullable AnswerFactsReader facts; // null for answers that no model has given
    private @Nullable ExchangeHead head;
    private AnswerVerdict verdict = AnswerVerdict.OK; // final when the response is complete
    private boolean assembled; // into a document, which is sent as a whole
    private boolean terminalSent; // from then on clients of streams may disconnect, and many do
    private boolean failureReported; // from then on it does not matter whether the client stays

    /** Creates the relay of the response to a request, with which the client may ask for a document. */
    ResponseRelay(RelayedRequest relayed, boolean documentRequested, Responder responder, RandomGenerator random) {
        this.relayed = relayed;
        this.documentRequested = documentRequested;
        this.responder = responder;
        this.random = random;
    }

    /**
     * Relays the response of an exchange, or the failure to open it. May return before its end, so that no event loop waits.
     *
     * @param model the model that the request names, for the report
     */
    void relay(Settled<Exchange> opened, @Nullable String model, RelayEnd end) {
        WaitingThread.run(waits(opened), () -> relayOpened(opened, model, end));
    }

    /** Returns whether the first frame has to be waited for, or all frames of an answer that is to be assembled. */
    private boolean waits(Settled<Exchange> opened) {
        return opened.isValue()
                && !(opened.get().isReady() && (!documentRequested || opened.get().head().framing() == Framing.DOCUMENT));
    }

    private void relayOpened(Settled<Exchange> opened, @Nullable String model, RelayEnd end) {
        Exchange exchange = opened.isValue() ? opened.get() : null;
        boolean goesOn = false;
        Throwable failure = null;
        ClientSink client = new ClientSink();
        try {
            goesOn = begin(opened.get(), client);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
        if (exchange != null && goesOn) {
            exchange.forward(client, thrown -> end(exchange, thrown, model, end));
            client.isPushed = true;
        } else {
            end(exchange, failure, model, end);
        }
    }

    private void end(@Nullable Exchange exchange, @Nullable Throwable thrown, @Nullable String model, RelayEnd end) {
        RelayReport report;
        try {
            report = report(finish(exchange, thrown), model);
        } catch (ClientGoneException gone) {
            String outcome = terminalSent ? RelayReport.OK : RelayReport.CLIENT_GONE;
            report = new RelayReport(outcome, model, attempts(null), route(), tokens());
        } catch (RuntimeException | Error defect) {
            end.failed(defect);
            return;
        }
        end.ended(report);
    }

    private RelayReport report(@Nullable LlmException failure, @Nullable String model) {
        if (failure != null && !failureReported) {
            return new RelayReport(RelayReport.CLIENT_GONE, model, attempts(failure), route(), tokens());
        }
        return new RelayReport(outcome(failure), model, attempts(failure), route(), tokens());
    }

    private String outcome(@Nullable LlmException failure) {
        if (failure != null) {
            return failure.kind().label();
        }
        return verdict.isError() ? verdict.label() : RelayReport.OK; // the client may have asked for a redirection
    }

    /** Begins the response with the first frame; returns whether more follow. */
    private boolean begin(Exchange exchange, ClientSink client) {
        head = exchange.head();
        Frame frame = exchange.next();
        ExchangeHead answer = exchange.head(); // the first frame has shown the framing
        head = answer;
        if (answer.isSuccess() && relayed.endpoint().operation().operationClass().runsModel()) {
            facts = READER.tokens(answer.framing());
        }
        if (documentRequested && answer.framing() != Framing.DOCUMENT && frame != null) {
            assemble(exchange, frame, answer);
            return false;
        }
        responder.begin(replyHead(answer, frame == null));
        if (frame == null) {
            return false;
        }
        boolean unused = client.accept(frame); // it is sent together with those that have arrived by now
        return true;
    }

    /** Ends the exchange and the response. Returns the failure of the response, or null when it is complete. */
    private @Nullable LlmException finish(@Nullable Exchange exchange, @Nullable Throwable thrown) {
        try (exchange) {
            ForwardEnd.rethrow(thrown);
            if (exchange != null) {
                verdict = exchange.verdict();
            }
            if (!assembled) {
                responder.end();
            }
            return null;
        } catch (LlmException failure) {
            if (!responder.isClientGone()) {
                reportFailure(failure);
                failureReported = true;
            }
            return failure;
        }
    }

    /** Sends the document that the client asked for. Nothing is sent before it is complete. */
    private void assemble(Exchange exchange, Frame first, ExchangeHead answer) {
        Protocol protocol = relayed.endpoint().protocol();
        DocumentAssembler assembler = new DocumentAssembler(
                protocol.documentForm(relayed.request().head().path()), answer.provenance().backend().value(), LONGEST_ASSEMBLED);
        byte[] document;
        try {
            Frame frame = first;
            while (frame != null) {
                readFacts(frame);
                frame = assembler.add(frame) ? null : exchange.next();
            }
            document = assembler.document();
        } catch (LlmException failure) {
            exchange.reject(failure);
            throw failure;
        }
        Headers headers = ForwardedHeaders.downstream(answer.withFraming(Framing.DOCUMENT)).headers();
        responder.send(new ServerResponse(
                answer.status(), headers.without(CONTENT_TYPE).with(CONTENT_TYPE, protocol.mediaType()), document));
        assembled = true;
        terminalSent = true;
    }

    private ServerResponseHead replyHead(ExchangeHead answer, boolean empty) {
        ServerResponseHead reply = ForwardedHeaders.downstream(answer);
        boolean lengthIsKnown = reply.length() != ServerResponseHead.UNKNOWN;
        boolean hasNoBody = relayed.request().head().method().equals("HEAD");
        return lengthIsKnown || !empty || hasNoBody ? reply : new ServerResponseHead(reply.status(), reply.headers(), 0);
    }

    private void reportFailure(LlmException failure) {
        if (!responder.hasBegun()) {
            answer(failure);
            return;
        }
        GenerationFailedException.Report report = failure instanceof GenerationFailedException reported ? reported.report() : null;
        Frame last = report == null ? null : report.frame();
        if (last != null && isKnownToClient(last)) {
            add(last.bytes()); // the server itself ended the response with this frame
            responder.end();
            return;
        }
        if (last != null && !containsDone(last)) {
            tail.add(last.bytes());
            add(last.bytes());
        }
        reportInside(FailureResponse.of(failure, relayed.endpoint().operation()));
        responder.abort();
    }

    private void answer(LlmException failure) {
        FailureResponse response = FailureResponse.of(failure, relayed.endpoint().operation());
        responder.send(error(response).toResponse(relayed.endpoint().protocol(), response.fields(failure, random)));
    }

    private boolean isKnownToClient(Frame failure) {
        return relayed.endpoint().protocol().isFailure(framing(), failure, relayed.request().head().path());
    }

    /** Clients end a stream at this text without reading what follows. */
    private static boolean containsDone(Frame frame) {
        return new String(frame.bytes(), UTF_8).toUpperCase(Locale.ROOT).contains("[DONE]");
    }

    private Framing framing() {
        return head == null ? Framing.DOCUMENT : head.framing();
    }

    private void reportInside(FailureResponse response) {
        Framing framing = framing();
        byte[] report = relayed.endpoint().protocol().inBand(framing, error(response));
        if (report == null) {
            return;
        }
        if (framing == Framing.LINES && !tail.endsLine()) {
            add(LINE_END);
        }
        if (framing == Framing.EVENTS && !tail.endsEvent()) {
            add(EVENT_END);
        }
        add(report);
    }

    /** Sends the last bytes of a response with its end: without waiting for the client, because this may be an event loop. */
    private void add(byte[] last) {
        boolean unused = responder.add(last);
    }

    private ApiError error(FailureResponse failure) {
        return new ApiError(failure.status(), failure.message(), relayed.id(), failure.reported());
    }

    private void readFacts(Frame frame) {
        if (facts != null) {
            facts.accept(frame);
        }
    }

    private AnswerFacts.Tokens tokens() {
        return facts == null ? AnswerFacts.Tokens.UNKNOWN : facts.facts().tokens();
    }

    private int attempts(@Nullable LlmException failure) {
        if (head != null) {
            return head.provenance().attempts();
        }
        return failure == null ? 0 : failure.facts().attempts();
    }

    private @Nullable Provenance route() {
        return head == null ? null : head.provenance();
    }

    /** Sends each frame to the client as it comes. */
    private final class ClientSink implements FrameSink {

        private volatile boolean isPushed; // whether frames come after the call that has forwarded them
        private boolean released;

        @Override
        public boolean accept(Frame frame) {
            if (isPushed && !released) {
                releaseRequest();
            }
            tail.add(frame.bytes());
            readFacts(frame);
            boolean isReady = responder.add(frame.bytes());
            terminalSent |= frame.isTerminal();
            return isReady;
        }

        /**
         * A stream that is pushed may take long, and is not asked for again. A transport that is pulled may still read the request; and what
         * is learned from a document at its end may need it.
         */
        private void releaseRequest() {
            released = true;
            if (framing() != Framing.DOCUMENT) {
                responder.releaseRequest();
            }
        }

        @Override
        public void flush() {
            responder.flush();
        }

        @Override
        public void whenReady(Runnable resume) {
            responder.whenReady(resume);
        }
    }
}
