package dev.paddock.adapters.http.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.PoolLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call is watched for as long as it lasts and no longer, whenever it ends. */
class PooledCallTest {

    private final CallScheduler scheduler = new CallScheduler();
    private final TimeoutSweeper watches = new TimeoutSweeper(scheduler, System::nanoTime);
    private final EndpointConnections connections = new EndpointConnections(
            new EndpointConnections.PoolKey(new Endpoint(false, "a", 1), TransportSettings.DEFAULT, PoolLimits.DEFAULT),
            new ScriptedTransport.Factory(),
            PoolListener.none(),
            watches);

    @AfterEach
    void stop() {
        scheduler.stop();
    }

    @Test
    void close_responseInUse_endsTheWatch() {
        var response = call().execute();
        assertThat(watches.isEmpty()).isFalse();

        response.close();

        assertThat(watches.isEmpty()).isTrue();
    }

    @Test
    void execute_cancelledBefore_leavesNoWatch() {
        PooledCall call = call();
        call.cancel();

        call.execute().close();

        assertThat(watches.isEmpty()).isTrue();
        assertThat(connections.observe().usage().leased()).isZero();
    }

    private PooledCall call() {
        TransportRequest request = new TransportRequest("GET", "/", Headers.EMPTY, new byte[0]);
        PhaseTimeout watch = watches.newTimeout(PhaseLimits.DEFAULT, null, TransportSettings.DEFAULT);
        return new PooledCall(connections, request, watch, ended -> {});
    }
}
