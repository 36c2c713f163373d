package dev.paddock.simulation;

import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.ports.admission.ThreadWaitPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.decorator.AdmissionControl;
import dev.paddock.ports.exchange.decorator.AdmissionExchangePort;
import dev.paddock.ports.exchange.decorator.OverloadExchangePort;
import dev.paddock.ports.exchange.routing.BackendDirectory;
import dev.paddock.ports.exchange.routing.PollSchedule;
import dev.paddock.ports.exchange.routing.Route;
import dev.paddock.ports.exchange.routing.RouteExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** A gateway of this project: its admission queue and its choice of servers, as a client assembles them. */
final class FairGateway implements FleetGateway {

    private final RouteExchangePort routes;
    private final ExchangeChain chain;

    FairGateway(VirtualFleet fleet, int gateway) {
        VirtualTime time = fleet.time();
        FleetTraits traits = new FleetTraits();
        this.routes = new RouteExchangePort(
                new BackendDirectory(time, time::instant, turn -> new VirtualRepetition(time, turn)),
                RoutingSettings.DEFAULT,
                traits,
                (target, lists, names) -> null,
                List.of(),
                MetricsPort.noOp(),
                warning -> {},
                new Random(gateway));
        routes.replace(fleet.servers().stream()
                .map(server -> new Route(backend(fleet, server), server, server, () -> {}))
                .toList());
        AdmissionSettings settings = AdmissionSettings.DEFAULT
                .withSlots(fleet.size().slots(), fleet.size().slots())
                .withGateways(fleet.size().gateways());
        AdmissionControl control = new AdmissionControl(settings, MetricsPort.noOp(), time, () -> new VirtualWait(time));
        this.chain = ExchangeChain.assemble(
                routes, List.of(AdmissionExchangePort.decorator(control, routes.capacity()), OverloadExchangePort.decorator(traits)));
    }

    private static Backend backend(VirtualFleet fleet, VirtualOllama server) {
        return new Backend(server.id(), BaseUrl.parse("http://" + server.id() + ":11434"), true, 1, fleet.size().slots(), Set.of());
    }

    @Override
    public ExchangePort port() {
        return chain;
    }

    @Override
    public void close() {
        chain.close();
        routes.close();
    }

    /** Polls in virtual time. */
    private static final class VirtualRepetition implements PollSchedule.Repetition {

        private final VirtualTime time;
        private final Supplier<Duration> turn;
        private long due; // turns at other times are outdated
        private boolean closed;

        VirtualRepetition(VirtualTime time, Supplier<Duration> turn) {
            this.time = time;
            this.turn = turn;
            wake();
        }

        private void schedule(long at) {
            due = at;
            time.whileBusyAt(at, () -> {
                if (!closed && due == at) {
                    schedule(time.nanos() + turn.get().toNanos());
                }
            });
        }

        @Override
        public void wake() {
            schedule(time.nanos());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A wait in virtual time. */
    private static final class VirtualWait implements ThreadWaitPort {

        private final VirtualTime time;
        private final VirtualTime.VirtualProcess process;
        private boolean ended;
        private boolean waits;
        private int waitNumber;

        VirtualWait(VirtualTime time) {
            this.time = time;
            this.process = time.present();
        }

        @Override
        public boolean await(long nanos) {
            if (ended) {
                return true;
            }
            waits = true;
            waitNumber++;
            int number = waitNumber;
            time.at(time.nanos() + nanos, () -> {
                if (waitNumber == number) {
                    wake();
                }
            });
            process.await();
            return true;
        }

        @Override
        public void end() {
            ended = true;
            wake();
        }

        private void wake() {
            if (waits) {
                waits = false;
                process.wake();
            }
        }
    }
}
