package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultPlan;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.recording.Counter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes one request from its arrival to the end of its answer. Runs on a thread of its own for each request. */
final class SimulatorDispatcher {
    private final SimulatorState state;
    private final Router router;
    private final HostAndOriginFilter gatekeeper;

    SimulatorDispatcher(SimulatorState state, Router router) {
        this.state = state;
        this.router = router;
        this.gatekeeper = new HostAndOriginFilter(state.settings().bind().host());
    }

    void serve(SimulatedExchange exchange) {
        if (state.settings().contents().shuffledKeys()) {
            exchange.shuffleKeys();
        }
        SimulatedResponseWriter responder = new SimulatedResponseWriter(exchange);
        try {
            payConnectionCost(exchange);
            if (!openingFault(exchange, responder) && gatekeeper.admits(exchange.request(), responder)) {
                router.route(exchange, responder);
            }
            state.counters().increment(Counter.RESPONSES_COMPLETED);
        } catch (ClientDisconnectedException gone) {
            countDeparture(exchange);
        } catch (ConnectionClosedByFaultException scripted) {
            return;
        } catch (RuntimeException panic) {
            panic(exchange, responder);
        }
    }

    private void payConnectionCost(SimulatedExchange exchange) {
        if (exchange.request().record().origin().request() == 1) {
            exchange.pause(state.settings().delays().connectionCost());
        }
    }

    private void countDeparture(SimulatedExchange exchange) {
        if (exchange.phase().isWork()) {
            state.counters().increment(Counter.DISCONNECTS_DURING_GENERATION);
        }
        state.counters().increment(Counter.DISCONNECTS);
    }

    private static void panic(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        if (responder.started()) {
            exchange.wire().end(TcpClose.CLOSE);
            return;
        }
        responder.respond(SimulatedResponse.empty(500));
    }

    private static boolean openingFault(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        FaultPlan plan = exchange.faults();
        plan.find(Fault.Delay.class).ifPresent(delay -> exchange.pause(delay.duration()));
        plan.find(Fault.Hold.class).ifPresent(hold -> exchange.await(hold.gate().arrive()));
        PacedSegmentWriter wire = new PacedSegmentWriter(exchange);
        plan.find(Fault.Disconnect.class).ifPresent(disconnect -> wire.end(disconnect.ending()));
        plan.find(Fault.GarbageBytes.class).ifPresent(garbage -> {
            wire.send(garbage.bytes().getBytes(StandardCharsets.ISO_8859_1));
            wire.end(TcpClose.CLOSE);
        });
        Optional<Fault.FixedResponse> answer = plan.find(Fault.FixedResponse.class);
        answer.ifPresent(scripted -> responder.respond(new SimulatedResponse(
            scripted.status(), scripted.contentType(), scripted.body(), scripted.headers())));
        return answer.isPresent();
    }
}
