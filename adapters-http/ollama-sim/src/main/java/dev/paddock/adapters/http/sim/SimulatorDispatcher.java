package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.api.Router;
import dev.paddock.adapters.http.sim.exchange.ConnectionEndedException;
import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponse;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultPlan;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.model.SimulatorState;
import dev.paddock.adapters.http.sim.recording.Counter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes one request from its arrival to the end of its answer. Runs on a thread of its own for each request. */
final class SimulatorDispatcher {
    private final SimulatorState state;
    private final Router router;
    private final HostAndOriginFilter filter;

    SimulatorDispatcher(SimulatorState state) {
        this.state = state;
        this.router = new Router(state);
        this.filter = new HostAndOriginFilter(state.settings().host());
    }

    void serve(SimulatedExchange exchange) {
        try {
            if (exchange.request().number() == 1) {
                exchange.pause(state.settings().connectionCost());
            }
            if (!applyOpeningFaults(exchange) && filter.admits(exchange)) {
                router.route(exchange);
            }
            state.counters().increment(Counter.RESPONSES_COMPLETED);
        } catch (ConnectionEndedException ended) {
            if (ended.byClient()) {
                countDisconnect(exchange);
            }
        } catch (RuntimeException panic) {
            recover(exchange);
        }
    }

    private void countDisconnect(SimulatedExchange exchange) {
        if (exchange.isWorking()) {
            state.counters().increment(Counter.DISCONNECTS_DURING_GENERATION);
        }
        state.counters().increment(Counter.DISCONNECTS);
    }

    /** What Go's server does when a handler panics. */
    private static void recover(SimulatedExchange exchange) {
        if (exchange.responder().started()) {
            exchange.wire().close(TcpClose.CLOSE);
        } else {
            exchange.responder().respond(SimulatedResponse.empty(500));
        }
    }

    /** Returns whether a fault has answered the request. */
    private static boolean applyOpeningFaults(SimulatedExchange exchange) {
        FaultPlan plan = exchange.faults();
        plan.find(Fault.Delay.class).ifPresent(delay -> exchange.pause(delay.duration()));
        plan.find(Fault.Hold.class).ifPresent(hold -> exchange.await(hold.latch()));
        plan.find(Fault.Disconnect.class).ifPresent(disconnect -> exchange.wire().abort(disconnect.ending()));
        plan.find(Fault.GarbageBytes.class).ifPresent(garbage -> {
            exchange.wire().send(garbage.bytes().getBytes(StandardCharsets.ISO_8859_1));
            exchange.wire().abort(TcpClose.CLOSE);
        });
        Optional<Fault.FixedResponse> fixed = plan.find(Fault.FixedResponse.class);
        fixed.ifPresent(response -> exchange.responder().respond(new SimulatedResponse(
            response.status(), response.contentType(), response.body(), response.headers())));
        return fixed.isPresent();
    }
}
