package dev.paddock.adapters.http.answercache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import org.junit.jupiter.api.Test;

/** The memory of the cache stays within its bound, whatever is asked. */
class CacheMemoryTest {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MOST_REQUESTS = 1_000_000;

    @Test
    void open_aMillionDistinctRequests_keepsTheMemoryWithinItsBound() {
        try (CacheFixture fixture = new CacheFixture()) {
            for (int number = 0; number < MOST_REQUESTS; number++) {
                ExchangeRequest embed = ExchangeRequest.post(
                                Operation.EMBED, "/api/embed", ("{\"model\":\"m\",\"input\":\"" + number + "\"}").getBytes(UTF_8))
                        .withModel("m");
                try (Exchange exchange = fixture.open(embed, CallContext.create())) {
                    CacheFixture.read(exchange);
                }
                if (number % 10_000 == 0) {
                    assertThat(fixture.cache().report().bytes()).isLessThanOrEqualTo(MAX_BYTES);
                    fixture.server().forget();
                }
            }
            assertThat(fixture.cache().report().bytes()).isBetween(MAX_BYTES / 2L, (long) MAX_BYTES);
            assertThat(fixture.cache().report().stored()).isEqualTo(MOST_REQUESTS);
        }
    }
}
