package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.adapters.http.okhttp.OkHttpTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class OkHttpConnectionReuseTest extends ConnectionReuseTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new OkHttpTransportFactory();
    }

    @Override
    protected boolean prefersTheOneUsedLast() {
        return false;
    }
}
