package dev.paddock.adapters.http.sim;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes one request from its arrival to the end of its answer. Runs on a thread of its own for each request. */
final class Dispatcher {
    private final ServerState state;
    private final Router router;
    private final Gatekeeper gatekeeper;

    Dispatcher(ServerState state, Router router) {
        this.state = state;
        this.router = router;
        this.gatekeeper = new Gatekeeper(state.settings().bind().host());
    }

    void serve(Exchange exchange) {
        if (state.settings().contents().shuffledKeys()) {
            exchange.shuffleKeys();
        }
        Responder responder = new Responder(exchange);
        try {
            payConnectionCost(exchange);
            if (!openingFault(exchange, responder) && gatekeeper.admits(exchange.request(), responder)) {
                router.route(exchange, responder);
            }
            state.counters().increment(Counter.RESPONSES_COMPLETED);
        } catch (ClientGoneException gone) {
            countDeparture(exchange);
        } catch (ConnectionEndedException scripted) {
            return;
        } catch (RuntimeException panic) {
            panic(exchange, responder);
        }
    }

    private void payConnectionCost(Exchange exchange) {
        if (exchange.request().record().origin().request() == 1) {
            exchange.pause(state.settings().pace().connectionCost());
        }
    }

    private void countDeparture(Exchange exchange) {
        if (exchange.phase().isWork()) {
            state.counters().increment(Counter.DISCONNECTS_DURING_GENERATION);
        }
        state.counters().increment(Counter.DISCONNECTS);
    }

    private static void panic(Exchange exchange, Responder responder) {
        if (responder.started()) {
            exchange.wire().end(Ending.CLOSE);
            return;
        }
        responder.whole(Reply.empty(500));
    }

    private static boolean openingFault(Exchange exchange, Responder responder) {
        FaultPlan plan = exchange.faults();
        plan.find(Fault.Delay.class).ifPresent(delay -> exchange.pause(delay.duration()));
        plan.find(Fault.Hold.class).ifPresent(hold -> exchange.await(hold.gate().arrive()));
        PacedWire wire = new PacedWire(exchange);
        plan.find(Fault.Disconnect.class).ifPresent(disconnect -> wire.end(disconnect.ending()));
        plan.find(Fault.Garbage.class).ifPresent(garbage -> {
            wire.send(garbage.bytes().getBytes(StandardCharsets.ISO_8859_1));
            wire.end(Ending.CLOSE);
        });
        Optional<Fault.Answer> answer = plan.find(Fault.Answer.class);
        answer.ifPresent(scripted -> responder.whole(new Reply(
            scripted.status(), scripted.contentType(), scripted.body(), scripted.headers())));
        return answer.isPresent();
    }
}
