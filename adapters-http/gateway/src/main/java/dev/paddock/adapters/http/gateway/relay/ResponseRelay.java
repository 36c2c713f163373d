package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Provenance;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The way back of one answer. Confined to one thread. */
final class ResponseRelay {

    private static final byte[] LINE_END = {'\n'};
    private static final byte[] EVENT_END = {'\n', '\n'};

    private final RelayedRequest relayed;
    private final Responder responder;
    private final RandomGenerator random;
    private final BodyTail tail = new BodyTail();
    private @Nullable ExchangeHead head;
    private AnswerVerdict verdict = AnswerVerdict.OK; // final when the answer is complete
    private boolean terminalSent; // from then on clients of streams may leave, and many do
    private boolean failureTold; // from then on it does not matter whether the client stays

    ResponseRelay(RelayedRequest relayed, Responder responder, RandomGenerator random) {
        this.relayed = relayed;
        this.responder = responder;
        this.random = random;
    }

    /** Relays the answer that is opened, and returns when it has ended. */
    RelayReport run(@Nullable String model, Supplier<Exchange> opening) {
        try {
            return report(pass(opening), model);
        } catch (ClientGoneException gone) {
            String outcome = terminalSent ? RelayReport.OK : RelayReport.CLIENT_GONE;
            return new RelayReport(outcome, model, attempts(null), route());
        }
    }

    private RelayReport report(@Nullable LlmException failure, @Nullable String model) {
        if (failure != null && !failureTold) {
            return new RelayReport(RelayReport.CLIENT_GONE, model, attempts(failure), route());
        }
        return new RelayReport(outcome(failure), model, attempts(failure), route());
    }

    private String outcome(@Nullable LlmException failure) {
        if (failure != null) {
            return failure.kind().label();
        }
        return verdict.isError() ? verdict.label() : RelayReport.OK; // the client may have asked for a redirection
    }

    /** Returns what the answer failed with, or null when it is complete. */
    private @Nullable LlmException pass(Supplier<Exchange> opening) {
        try (Exchange exchange = opening.get()) {
            head = exchange.head();
            Frame frame = exchange.next();
            responder.begin(replyHead(exchange.head(), frame == null));
            while (frame != null) {
                tail.add(frame.bytes());
                responder.write(frame.bytes());
                terminalSent |= frame.isTerminal();
                frame = exchange.next();
            }
            verdict = exchange.verdict();
            responder.end();
            return null;
        } catch (LlmException failure) {
            if (!responder.isClientGone()) {
                tell(failure);
                failureTold = true;
            }
            return failure;
        }
    }

    private ServerResponseHead replyHead(ExchangeHead answer, boolean empty) {
        ServerResponseHead reply = ResponseHeaderFilter.of(answer);
        boolean lengthIsKnown = reply.length() != ServerResponseHead.UNKNOWN;
        boolean hasNoBody = relayed.request().head().method().equals("HEAD");
        return lengthIsKnown || !empty || hasNoBody ? reply : new ServerResponseHead(reply.status(), reply.headers(), 0);
    }

    private void tell(LlmException failure) {
        if (!responder.hasBegun()) {
            answer(failure);
            return;
        }
        if (failure instanceof GenerationFailedException reported && reported.frame() != null) {
            responder.write(reported.frame().bytes()); // it is the server's own end of this answer
            responder.end();
            return;
        }
        tellInBand(FailureResponse.of(failure, relayed.endpoint().operation()));
        responder.abort();
    }

    private void answer(LlmException failure) {
        FailureResponse notice = FailureResponse.of(failure, relayed.endpoint().operation());
        responder.send(ErrorResponses.of(
                relayed.endpoint().protocol(), notice(notice), notice.advice().fields(notice.pause(), random)));
    }

    private void tellInBand(FailureResponse notice) {
        Framing framing = head == null ? Framing.DOCUMENT : head.framing();
        byte[] words = relayed.endpoint().protocol().inBand(framing, notice(notice));
        if (words == null) {
            return;
        }
        if (framing == Framing.LINES && !tail.endsLine()) {
            responder.write(LINE_END);
        }
        if (framing == Framing.EVENTS && !tail.endsEvent()) {
            responder.write(EVENT_END);
        }
        responder.write(words);
    }

    private ApiError notice(FailureResponse failure) {
        return new ApiError(failure.status(), failure.message(), relayed.id());
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
}
