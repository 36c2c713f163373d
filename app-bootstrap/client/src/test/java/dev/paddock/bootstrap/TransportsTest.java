package dev.paddock.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransportsTest {

    @Test
    void choose_usualFactoryGivenBesideItsService_countsOnce() throws ReflectiveOperationException {
        HttpTransportFactory given = Transports.named("apache5").getClass().getConstructor().newInstance();

        assertThat(Transports.choose("apache5", List.of(given))).isSameAs(given);
        assertThat(Transports.choose(null, List.of(given))).isSameAs(given);
    }
}
