package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.adapters.http.okhttp.OkHttpTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.LifecycleTestSuite;

class OkHttpLifecycleTest extends LifecycleTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new OkHttpTransportFactory();
    }
}
