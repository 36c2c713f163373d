package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.CancellationTestSuite;

class SocketCancellationTest extends CancellationTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new SocketTransportFactory();
    }

    /** A platform thread that waits at a plain socket does not notice. */
    @Override
    protected boolean heedsInterruptsOfPlatformThreads() {
        return false;
    }
}
