package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.BrokenResponseTestSuite;
import java.util.Set;

class JdkBrokenResponseTest extends BrokenResponseTestSuite {

    @Override
    protected HttpTransportFactory factory() {
        return new JdkTransportFactory();
    }

    /** The client goes on without these fields, reads no trailers, and waits for ever for the end of such a chunk. */
    @Override
    protected Set<String> toleratedResponses() {
        String start = "HTTP/1.1 200 OK\r\n";
        String chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
        return Set.of(
                start + "no colon\r\n\r\n",
                chunked + "5\r\nhello\r\n0\r\nA: b\r\n",
                chunked + "99999999999999999999\r\nab");
    }

    @Override
    protected boolean receivesWhileSending() {
        return false;
    }

    @Override
    protected boolean limitsTheStatusLine() {
        return false;
    }
}
