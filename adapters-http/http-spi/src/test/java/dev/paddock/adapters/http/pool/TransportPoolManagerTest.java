package dev.paddock.adapters.http.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransportPoolManagerTest {

    private static final Endpoint HERE = new Endpoint(false, "127.0.0.1", 11434);
    private static final TransportSettings SETTINGS = settings(Duration.ofMinutes(1));

    private final ScriptedTransport.Factory factory = new ScriptedTransport.Factory();
    private final TransportPoolManager manager = new TransportPoolManager(factory, PoolListener.none(), System::nanoTime);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void lease_sameEndpointAndSettings_sharesOneTransportWhichTheLastToLeaveCloses() {
        TransportLease first = manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);
        TransportLease second = manager.lease(HERE, settings(Duration.ofMinutes(1)), PoolLimits.DEFAULT);

        assertThat(factory.made).hasSize(1);
        first.close();
        first.close();
        assertThat(factory.made.getFirst().closed).hasValue(0);
        second.close();
        assertThat(factory.made.getFirst().closed).hasValue(1);
        assertThat(manager.pools()).isEmpty();
    }

    @Test
    void lease_otherSettingsOrLimits_getsATransportOfItsOwn() {
        manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);
        manager.lease(HERE, settings(Duration.ofMinutes(2)), PoolLimits.DEFAULT);
        manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT.withHosts(3));

        assertThat(factory.made).hasSize(3);
    }

    @Test
    void lease_afterTheLastClientLeft_opensANewTransport() {
        manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT).close();
        manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);

        assertThat(factory.made).hasSize(2);
        assertThat(factory.made.getLast().closed).hasValue(0);
    }

    @Test
    void newCall_leaseClosed_isRefused() {
        TransportLease lease = manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);
        lease.close();

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> lease.newCall(request()))
                .satisfies(thrown -> assertThat(thrown.failure()).isEqualTo(TransportFailure.CLOSED));
    }

    @Test
    void lease_managerClosed_isRefused() {
        manager.close();

        assertThatExceptionOfType(ClientClosedException.class)
                .isThrownBy(() -> manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT));
    }

    @Test
    void close_leaseWithAnOpenResponse_endsItsOwnCallsOnlyAndHoldsNothing() {
        TransportLease leaving = manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);
        TransportLease staying = manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);
        TransportResponse ended = leaving.newCall(request()).execute();
        staying.newCall(request()).execute();

        leaving.close();

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> ended.read(new byte[1], 0, 1))
                .satisfies(thrown -> assertThat(thrown.failure()).isEqualTo(TransportFailure.CLOSED));
        assertThat(pool().usage().leased()).isEqualTo(1);
    }

    @Test
    void close_withPatience_waitsForTheCallsOfTheLease() throws Exception {
        TransportLease lease = manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);
        TransportResponse response = lease.newCall(request()).execute();
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(() -> lease.close(Duration.ofSeconds(30)), Thread.ofVirtual()::start);
        Eventually.await("new calls are refused", () -> refusesCalls(lease));
        assertThat(closing).isNotDone();

        response.close();

        closing.get(10, TimeUnit.SECONDS);
        assertThat(factory.made.getFirst().closed).hasValue(1);
    }

    @Test
    void pools_afterCalls_showsWhatIsInUseAndWhatTheTransportTellsOnly() {
        TransportLease lease = manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT.withConnectionsPerHost(2));
        TransportResponse first = lease.newCall(request()).execute();
        lease.newCall(request()).execute();
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> lease.newCall(request()).execute());
        first.close();

        EndpointPool pool = pool();
        assertThat(pool.endpoint()).isEqualTo("http://127.0.0.1:11434");
        assertThat(pool.transport()).isEqualTo("scripted");
        assertThat(pool.usage()).isEqualTo(new EndpointPool.Usage(1, null, 0));
        assertThat(pool.totals().created()).isEqualTo(2);
        assertThat(pool.totals().leases()).isEqualTo(2);
        assertThat(pool.totals().reused()).isZero();
        assertThat(pool.totals().reuseRatio()).isZero();
        assertThat(pool.totals().exhausted()).isEqualTo(1);
        assertThat(pool.totals().closed()).doesNotContainKey(CloseReason.IDLE);
    }

    @Test
    void execute_beyondTheLimitWithOverflow_asksTheTransportToCloseTheConnectionAfterUse() {
        PoolLimits limits = PoolLimits.DEFAULT.withConnectionsPerHost(1).withWhenFull(WhenFull.OVERFLOW);
        TransportLease lease = manager.lease(HERE, SETTINGS, limits);
        lease.newCall(request()).execute();
        lease.newCall(request()).execute();

        assertThat(factory.made.getFirst().sent)
                .extracting(TransportRequest::isConnectionReusable)
                .containsExactly(true, false);
    }

    @Test
    void cancel_responseNobodyReads_givesThePermitBack() {
        TransportLease lease = manager.lease(HERE, SETTINGS, PoolLimits.DEFAULT);
        var call = lease.newCall(request());
        call.execute();

        call.cancel();

        assertThat(pool().usage().leased()).isZero();
    }

    @Test
    void newCall_moreHostsThanAreKept_closesIdleConnectionsOfTheLeastRecentlyUsed() {
        PoolLimits two = PoolLimits.DEFAULT.withHosts(2);
        for (String name : List.of("a", "b", "c")) {
            manager.lease(host(name), SETTINGS, two).newCall(request()).execute().close();
        }

        assertThat(transport("a").idleClosed).contains(Duration.ZERO);
        assertThat(transport("c").idleClosed).doesNotContain(Duration.ZERO);
        assertThat(transport("b").idleClosed).doesNotContain(Duration.ZERO);
    }

    @Test
    void tidying_whileThePoolIsOpen_closesConnectionsUnusedForTooLong() {
        manager.lease(HERE, settings(Duration.ofMillis(20)), PoolLimits.DEFAULT);

        Eventually.await(
                "idle connections are looked after",
                () -> factory.made.getFirst().idleClosed.contains(Duration.ofMillis(20)));
    }

    private ScriptedTransport transport(String host) {
        return factory.made.stream()
                .filter(made -> made.endpoint.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    private EndpointPool pool() {
        assertThat(manager.pools()).hasSize(1);
        return manager.pools().getFirst();
    }

    private static boolean refusesCalls(TransportLease lease) {
        try {
            lease.newCall(request()).cancel();
            return false;
        } catch (TransportException refused) {
            return true;
        }
    }

    private static Endpoint host(String name) {
        return new Endpoint(false, name, 11434);
    }

    private static TransportRequest request() {
        return new TransportRequest("GET", "/", Headers.EMPTY, new byte[0]);
    }

    private static TransportSettings settings(Duration idle) {
        return new TransportSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(180),
                new ConnectionLifetimes(idle, Duration.ofMinutes(5)),
                null);
    }
}
