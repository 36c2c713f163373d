package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.tck.transport.TlsProviderTestSuite;

class Apache5TlsProviderTest extends TlsProviderTestSuite implements Apache5Conformance {

    /** The library asks for the streams when it sends. */
    @Override
    protected TransportFailure failureWithoutStreams() {
        return TransportFailure.SEND_FAILED;
    }
}
