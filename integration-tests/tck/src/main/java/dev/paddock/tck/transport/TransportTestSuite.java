package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * The tests of one theme that a transport has to pass: extend the suite of each theme and say which transport is meant.
 * They need the loopback interface only.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportTestSuite {

    /** Returns the factory of the transport under test. */
    protected abstract HttpTransportFactory factory();

    /**
     * Tells whether the transport notices bytes that were read together with a response and do not belong to it, and closes their
     * connection. One whose library throws them away, unseen, uses the connection again.
     */
    protected boolean noticesUnaskedBytes() {
        return true;
    }
}
