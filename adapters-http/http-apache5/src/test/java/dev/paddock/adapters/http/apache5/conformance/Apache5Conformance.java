package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TransportUnderTest;

/** The transport over Apache HttpClient as the conformance kit tests it: it supports every case. */
interface Apache5Conformance extends TransportUnderTest {

    @Override
    default HttpTransportFactory factory() {
        return new Apache5TransportFactory();
    }
}
