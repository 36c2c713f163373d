package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.tck.transport.TlsProviderTestSuite;

class OkHttpTlsProviderTest extends TlsProviderTestSuite implements OkHttpConformance {

    @Override
    protected TransportFailure failureWithoutStreams() {
        return TransportFailure.TLS_FAILED;
    }
}
