package dev.paddock.simulation;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.List;

/** A gateway that knows nothing of models: it takes the servers in turn, or the one with the fewest of its own calls. */
final class PlainGateway implements FleetGateway, ExchangePort {

    private final List<VirtualOllama> servers;
    private final boolean byLoad;
    private final int[] inFlight;
    private int next;

    private PlainGateway(VirtualFleet fleet, int gateway, boolean byLoad) {
        this.servers = fleet.servers();
        this.byLoad = byLoad;
        this.inFlight = new int[servers.size()];
        this.next = gateway * servers.size() / fleet.size().gateways(); // so that the gateways do not all begin with the same server
    }

    static PlainGateway inTurn(VirtualFleet fleet, int gateway) {
        return new PlainGateway(fleet, gateway, false);
    }

    static PlainGateway leastConnections(VirtualFleet fleet, int gateway) {
        return new PlainGateway(fleet, gateway, true);
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        int chosen = next % servers.size();
        for (int step = 1; byLoad && step < servers.size(); step++) {
            int candidate = (next + step) % servers.size();
            chosen = inFlight[candidate] < inFlight[chosen] ? candidate : chosen;
        }
        next = chosen + 1;
        inFlight[chosen]++;
        int server = chosen;
        try {
            return new CountedAnswer(servers.get(server).open(request, context), () -> inFlight[server]--);
        } catch (RuntimeException failure) {
            inFlight[server]--;
            throw failure;
        }
    }

    @Override
    public ExchangePort port() {
        return this;
    }

    @Override
    public void close() {
        // it has nothing
    }

    private static final class CountedAnswer extends ForwardingExchange {

        private final Runnable end;

        CountedAnswer(Exchange answer, Runnable end) {
            super(answer);
            this.end = end;
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            end.run();
        }
    }
}
