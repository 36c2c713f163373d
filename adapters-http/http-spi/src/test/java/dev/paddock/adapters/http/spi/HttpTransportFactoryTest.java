package dev.paddock.adapters.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpTransportFactoryTest {

    private static class Named implements HttpTransportFactory {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
            throw new UnsupportedOperationException("makes no transports");
        }
    }

    private static final class Other extends Named {

        Other(String name) {
            super(name);
        }
    }

    @Test
    void distinct_givenTwice_countsOnceAndTheLastOneIsKept() {
        Named service = new Named("a");
        Named given = new Named("a");
        assertThat(HttpTransportFactory.distinct(List.of(service, given))).singleElement().isSameAs(given);
    }

    @Test
    void distinct_otherNameOrOtherClass_isAnotherKind() {
        List<Named> factories = List.of(new Named("a"), new Named("b"), new Other("a"));
        assertThat(HttpTransportFactory.distinct(factories)).containsExactlyElementsOf(factories);
    }
}
