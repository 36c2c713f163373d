package dev.paddock.simulation;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lets gateways of one kind make the calls of a trace. */
final class FleetRun {

    private static final long NO_ANSWER = -1;

    private final VirtualTime time = new VirtualTime();
    private final VirtualFleet fleet;
    private final List<FleetGateway> gateways = new ArrayList<>();
    private final List<FleetCall> trace;
    private final long[] waits; // until the first frame, by the number of the call
    private final long[] ends;

    private FleetRun(FleetSize size, FleetGateway.Maker maker, List<FleetCall> trace) {
        List<VirtualOllama> servers = new ArrayList<>();
        for (int server = 0; server < size.backends(); server++) {
            servers.add(new VirtualOllama(server, size, time));
        }
        this.fleet = new VirtualFleet(size, time, servers);
        this.trace = trace;
        this.waits = new long[trace.size()];
        this.ends = new long[trace.size()];
        Arrays.fill(waits, NO_ANSWER);
        for (int gateway = 0; gateway < size.gateways(); gateway++) {
            gateways.add(maker.make(fleet, gateway));
        }
    }

    /** Makes all calls of the trace, and returns what came of them. */
    static FleetReport of(FleetSize size, FleetGateway.Maker maker, List<FleetCall> trace) {
        return new FleetRun(size, maker, trace).run();
    }

    private FleetReport run() {
        trace.forEach(call -> time.start(call.at(), () -> make(call)));
        time.run();
        gateways.forEach(FleetGateway::close);
        return FleetReport.of(fleet, trace, waits, ends);
    }

    private void make(FleetCall call) {
        CallContext context = CallContext.within(FleetSize.PATIENCE, time).with(CallAttributes.CALLER, "caller-" + call.caller());
        FleetGateway gateway = gateways.get(call.caller() % gateways.size());
        try (Exchange answer = gateway.port().open(FleetTraits.request(call), context)) {
            waits[call.number()] = time.nanos() - call.at();
            while (answer.next() != null) {
                // to its end
            }
            ends[call.number()] = time.nanos();
        } catch (LlmException refused) {
            waits[call.number()] = NO_ANSWER; // refused, or given up
        }
    }
}
