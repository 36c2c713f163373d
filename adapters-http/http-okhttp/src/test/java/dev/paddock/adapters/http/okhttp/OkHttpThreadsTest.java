package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library's threads keep no process alive, and no call has one of its own. */
class OkHttpThreadsTest {

    @Test
    void close_afterCallsOfEveryKind_leavesNoThreadThatKeepsTheProcessAlive() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"));
                HttpTransport transport = transport(server)) {
            List<FutureTask<String>> calls = Stream.generate(() -> new FutureTask<>(() -> fetch(transport)))
                    .limit(20)
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (FutureTask<String> call : calls) {
                assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo("hi");
            }
            TransportResponse abandoned = call(transport, get("/")).execute();
            abandoned.close();
            assertThat(startedSince(before))
                    .as("the threads of the library while connections are open")
                    .allMatch(Thread::isDaemon)
                    .extracting(Thread::getName)
                    .filteredOn(name -> name.startsWith("OkHttp"))
                    .hasSizeLessThanOrEqualTo(2);
        }
        assertThat(startedSince(before)).allMatch(Thread::isDaemon);
    }

    /** Virtual threads keep no process alive and do not show here. */
    private static Set<Thread> startedSince(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
        now.removeAll(before);
        return now;
    }
}
