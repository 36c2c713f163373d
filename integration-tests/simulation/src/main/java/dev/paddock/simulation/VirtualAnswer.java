package dev.paddock.simulation;

import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import org.jspecify.annotations.Nullable;

/** The answer of a server in virtual time: a first frame at once, the last one when the server has written all. */
final class VirtualAnswer implements Exchange {

    private static final Frame FIRST = Frame.data(new byte[] {'x', '\n'});

    /**
     * When the answer was asked for, and how long its model was loaded meanwhile.
     *
     * @param arrived when the request came, in nanoseconds
     * @param load nanoseconds
     * @param time what passes
     */
    record Times(long arrived, long load, VirtualTime time) {}

    private final ExchangeHead head;
    private final VirtualOllama.Runner runner;
    private final ExchangeRequest request;
    private final Times times;
    private int framesGiven;
    private boolean ended;

    VirtualAnswer(VirtualOllama server, VirtualOllama.Runner runner, ExchangeRequest request, Times times) {
        this.head = new ExchangeHead(200, Headers.EMPTY, Framing.LINES, Provenance.of(server.id(), 1, true));
        this.runner = runner;
        this.request = request;
        this.times = times;
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public AnswerVerdict verdict() {
        return AnswerVerdict.OK;
    }

    @Override
    public @Nullable Frame next() {
        framesGiven++;
        return switch (framesGiven) {
            case 1 -> FIRST;
            case 2 -> last();
            default -> null;
        };
    }

    private Frame last() {
        long generation = FleetTraits.generation(request);
        times.time().sleepUntil(times.time().nanos() + generation);
        close();
        return FleetTraits.lastFrame(
                times.time().nanos() - times.arrived(), times.load(), FleetTraits.prompt(request), generation);
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            runner.end();
        }
    }
}
