package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import org.jspecify.annotations.Nullable;

/** The wire of one exchange, slowed to a drip when a script says so. */
final class PacedSegmentWriter {
    private final SimulatedExchange exchange;
    private final Fault.@Nullable SlowDrip drip;

    PacedSegmentWriter(SimulatedExchange exchange) {
        this.exchange = exchange;
        this.drip = exchange.faults().find(Fault.SlowDrip.class).orElse(null);
    }

    void send(byte[] bytes) {
        exchange.requireClientConnected();
        if (drip == null) {
            exchange.wire().send(bytes);
            return;
        }
        for (byte single : bytes) {
            exchange.pause(drip.perByte());
            exchange.wire().send(new byte[] {single});
        }
    }

    void end(TcpClose ending) {
        exchange.wire().end(ending);
        throw new ConnectionClosedByFaultException();
    }
}
