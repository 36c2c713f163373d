package dev.paddock.tck.transport;

import dev.paddock.adapters.http.okhttp.OkHttpTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;

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
