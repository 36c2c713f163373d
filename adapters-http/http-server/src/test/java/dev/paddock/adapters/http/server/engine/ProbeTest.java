package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.testsupport.RawClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile and merely odd requests, byte by byte, each followed by a request that must not be smuggled in behind it. */
class ProbeTest {

    private static final String FOLLOW_UP = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final RecordingHandler HANDLER = new RecordingHandler();
    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(HttpServerSettings.of("127.0.0.1", 0), HANDLER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        HANDLER.handled().clear();
    }

    static Stream<Probe> accepted() {
        return Probe.all().stream().filter(Probe::isAccepted);
    }

    static Stream<Probe> refused() {
        return Probe.all().stream().filter(probe -> !probe.isAccepted());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void request_thatIsCorrect_isHandledAndSoIsTheNext(Probe probe) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(probe.bytes() + FOLLOW_UP);
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.response().body()).isEqualTo("/smuggled 0");
        }
        assertThat(HANDLER.handled()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void request_thatIsNot_isRefusedAndNothingBehindItIsHandled(Probe probe) throws Exception {
        String answer = exchange(probe.bytes() + FOLLOW_UP);

        assertThat(answer).matches("(?s)HTTP/1\\.1 [45]\\d\\d .*");
        assertThat(probe.statuses()).contains(Integer.parseInt(answer.substring(9, 12)));
        assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n");
        assertThat(answer.split("HTTP/1\\.1 \\d{3} ", -1)).as("one answer").hasSize(2);
        assertThat(HANDLER.handled()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void request_thatIsNot_isRefusedInWhateverPiecesItComes(Probe probe) throws Exception {
        if (probe.bytes().length() > 1_000) {
            return; // the limits do not depend on the pieces, and single bytes take their time
        }
        try (RawClient client = new RawClient(server.port())) {
            for (char octet : probe.bytes().toCharArray()) {
                if (client.hasBytes()) {
                    break;
                }
                client.send(String.valueOf(octet));
            }
            if (!client.hasBytes()) {
                client.send(FOLLOW_UP);
            }
            String answer = client.textUntilEnd();
            assertThat(probe.statuses()).contains(Integer.parseInt(answer.substring(9, 12)));
        }
        assertThat(HANDLER.handled()).isEmpty();
    }

    @Test
    void table_namesEveryProbeOnce() {
        List<String> ids = Probe.all().stream().map(Probe::id).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(69);
    }

    private static String exchange(String bytes) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            return client.send(bytes).textUntilEnd();
        }
    }
}
