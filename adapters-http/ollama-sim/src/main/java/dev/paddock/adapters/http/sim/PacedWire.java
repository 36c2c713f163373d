package dev.paddock.adapters.http.sim;

import org.jspecify.annotations.Nullable;

/** The wire of one exchange, slowed to a drip when a script says so. */
final class PacedWire {
    private final Exchange exchange;
    private final Fault.@Nullable SlowDrip drip;

    PacedWire(Exchange exchange) {
        this.exchange = exchange;
        this.drip = exchange.faults().find(Fault.SlowDrip.class).orElse(null);
    }

    void send(byte[] bytes) {
        exchange.requireClient();
        if (drip == null) {
            exchange.wire().send(bytes);
            return;
        }
        for (byte single : bytes) {
            exchange.pause(drip.perByte());
            exchange.wire().send(new byte[] {single});
        }
    }

    void end(Ending ending) {
        exchange.wire().end(ending);
        throw new ConnectionEndedException();
    }
}
