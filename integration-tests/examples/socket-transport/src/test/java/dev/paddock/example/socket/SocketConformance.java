package dev.paddock.example.socket;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TransportUnderTest;
import dev.paddock.tck.transport.UnsupportedCases;

/** The example as the conformance kit tests it, with what it does not support. */
interface SocketConformance extends TransportUnderTest {

    @Override
    default HttpTransportFactory factory() {
        return new SocketTransportFactory();
    }

    @Override
    default UnsupportedCases unsupported() {
        return UnsupportedCases.none()
                .with(
                        "execute_answerBeforeTheBodyIsSent_isDelivered",
                        "the answer is read after the request is sent");
    }
}
