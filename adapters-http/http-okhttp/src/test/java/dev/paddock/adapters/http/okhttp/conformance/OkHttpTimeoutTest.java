package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.adapters.http.okhttp.OkHttpTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TimeoutTestSuite;

class OkHttpTimeoutTest extends TimeoutTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new OkHttpTransportFactory();
    }
}
