package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.adapters.http.netty.EpollTransportFactory;
import dev.paddock.adapters.http.netty.NettyTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.BodyTestSuite;
import dev.paddock.tck.transport.BrokenResponseTestSuite;
import dev.paddock.tck.transport.CancellationTestSuite;
import dev.paddock.tck.transport.ConnectionReuseTestSuite;
import dev.paddock.tck.transport.ForwardTestSuite;
import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;
import dev.paddock.tck.transport.LifecycleTestSuite;
import dev.paddock.tck.transport.LifetimeTestSuite;
import dev.paddock.tck.transport.MalformedResponseTestSuite;
import dev.paddock.tck.transport.PoolTestSuite;
import dev.paddock.tck.transport.ProxyTestSuite;
import dev.paddock.tck.transport.RequestFidelityTestSuite;
import dev.paddock.tck.transport.TimeoutTestSuite;
import dev.paddock.tck.transport.TlsTestSuite;
import dev.paddock.tck.transport.TransportUnderTest;
import dev.paddock.tck.transport.UnaskedBytesTestSuite;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The conformance kit over Netty's epoll: what holds over NIO holds over the native library. */
class EpollConformanceTest {

    @BeforeAll
    static void requireLibrary() {
        EpollTransportFactory.requireLibrary();
    }

    interface OverEpoll extends TransportUnderTest {

        @Override
        default HttpTransportFactory factory() {
            return new EpollTransportFactory(new NettyTransportFactory());
        }
    }

    @Nested
    class Body extends BodyTestSuite implements OverEpoll {}

    @Nested
    class BrokenResponse extends BrokenResponseTestSuite implements OverEpoll {}

    @Nested
    class Cancellation extends CancellationTestSuite implements OverEpoll {}

    @Nested
    class ConnectionReuse extends ConnectionReuseTestSuite implements OverEpoll {}

    @Nested
    class Forward extends ForwardTestSuite implements OverEpoll {}

    @Nested
    class IncrementalDelivery extends IncrementalDeliveryTestSuite implements OverEpoll {}

    @Nested
    class Lifecycle extends LifecycleTestSuite implements OverEpoll {}

    @Nested
    class Lifetime extends LifetimeTestSuite implements OverEpoll {}

    @Nested
    class MalformedResponse extends MalformedResponseTestSuite implements OverEpoll {}

    @Nested
    class Pool extends PoolTestSuite implements OverEpoll {}

    @Nested
    class Proxy extends ProxyTestSuite implements OverEpoll {}

    @Nested
    class RequestFidelity extends RequestFidelityTestSuite implements OverEpoll {}

    @Nested
    class Timeout extends TimeoutTestSuite implements OverEpoll {}

    @Nested
    class Tls extends TlsTestSuite implements OverEpoll {}

    @Nested
    class UnaskedBytes extends UnaskedBytesTestSuite implements OverEpoll {}
}
