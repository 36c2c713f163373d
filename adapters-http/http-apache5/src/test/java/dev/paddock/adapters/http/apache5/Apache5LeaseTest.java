package dev.paddock.adapters.http.apache5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.tck.transport.CountingConnectionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class Apache5LeaseTest {

    private static final int CALLERS = 16;
    private static final int LEASES = 4_000;

    /** What one thread asks of the library's pool another thread may be told, which takes a moment. */
    @Test
    void lease_manyAtOnce_getTheirs() throws Exception {
        try (Apache5Transport transport = (Apache5Transport) new Apache5TransportFactory()
                        .create(
                                BaseUrl.parse("http://127.0.0.1:9").endpoint(),
                                TransportSettings.DEFAULT,
                                new CountingConnectionListener());
                ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<Integer>> leased = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                leased.add(callers.submit(() -> leaseAndRelease(transport)));
            }
            for (Future<Integer> count : leased) {
                assertThat(count.get(60, TimeUnit.SECONDS)).isEqualTo(LEASES);
            }
        }
    }

    private static int leaseAndRelease(Apache5Transport transport) {
        int count = 0;
        while (count < LEASES) {
            transport.release(transport.lease(), Duration.ZERO);
            count++;
        }
        return count;
    }
}
