package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerLimits.SizeLimit;
import dev.paddock.adapters.http.server.ServerLimits.TimeLimit;
import dev.paddock.testsupport.RawClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a client may not do at length, in bytes or in time. */
class LimitsTest {

    private static final String CHUNKED = "POST /p HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final RecordingHandler handler = new RecordingHandler();

    @Test
    void body_announcedTooLarge_isRefusedBeforeAnyOfItIsSent() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.BODY_BYTES, 10));
                RawClient client = new RawClient(server.port())) {
            client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n");
            assertRefused(client, 413);
        }
        assertThat(handler.worded().getFirst().path()).isEqualTo("/p");
        assertThat(handler.worded().getFirst().client()).isEqualTo("127.0.0.1");
    }

    @Test
    void body_tooLargeForAnAcceptedRequest_isRefusedWithItsHeaders() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.BODY_BYTES, 10));
                RawClient client = new RawClient(server.port())) {
            client.send("POST /p?q HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\n\r\n");
            assertThat(client.response().head().header(RecordingHandler.COMMON)).isEqualTo("/p");
        }
    }

    @Test
    void body_ofExactlyTheLimit_isTaken() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.BODY_BYTES, 10));
                RawClient client = new RawClient(server.port())) {
            assertThat(client.post("/p", "0123456789").response().body()).isEqualTo("/p 10");
            assertThat(client.send(CHUNKED + "A\r\n0123456789\r\n0\r\n\r\n").response().body()).isEqualTo("/p 10");
        }
    }

    @Test
    void chunks_thatBecomeTooMany_areRefused() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.BODY_BYTES, 10));
                RawClient client = new RawClient(server.port())) {
            client.send(CHUNKED + "6\r\n012345\r\n5\r\n01234\r\n");
            assertRefused(client, 413);
        }
    }

    @Test
    void bodies_thatTakeTooMuchMemoryTogether_areRefusedUntilOthersAreDone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            release.await();
            responder.send(RecordingHandler.text(200, "done"));
        });
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.TOTAL_BODY_BYTES, 200_000));
                RawClient first = new RawClient(server.port()); RawClient second = new RawClient(server.port());
                RawClient third = new RawClient(server.port())) {
            first.post("/first", "x".repeat(90_000));
            Eventually.await(() -> handler.handled().size() == 1);
            second.post("/second", "x".repeat(60_000));
            assertRefused(second, 503);
            release.countDown();
            assertThat(first.response().body()).isEqualTo("done");
            assertThat(first.get("/next").response().body()).isEqualTo("done"); // it is read once the memory is free
            assertThat(third.post("/third", "x".repeat(90_000)).response().body()).isEqualTo("done");
        }
    }

    @Test
    void head_thatComesByteByByte_isCutAfterItsWholeTime() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.HEAD, Duration.ofMillis(300)));
                RawClient client = new RawClient(server.port())) {
            client.send("GET /p HTTP/1.1\r\nHost: localhost\r\nA: ");
            for (int octet = 0; octet < 500 && !client.hasBytes(); octet++) {
                client.send("b");
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos()); // the client's pace, not a wait
            }
            assertThat(client.hasBytes()).as("cut while the client still sends").isTrue();
            assertRefused(client, 408);
        }
        assertThat(handler.handled()).isEmpty();
    }

    @Test
    void head_thatStandsStill_isCut() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.HEAD, Duration.ofMillis(200)));
                RawClient client = new RawClient(server.port())) {
            assertRefused(client.send("GET /p HT"), 408);
        }
    }

    @Test
    void headOfALaterRequest_thatStandsStill_isCut() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.HEAD, Duration.ofMillis(200)));
                RawClient client = new RawClient(server.port())) {
            client.get("/a").send("GET /p HT");
            assertThat(client.response().body()).isEqualTo("/a 0");
            assertRefused(client, 408);
        }
    }

    @Test
    void body_thatIsTooSlow_isCut() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.BODY_INTERVAL, Duration.ofMillis(200)));
                RawClient client = new RawClient(server.port())) {
            assertRefused(client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n0"), 408);
        }
        assertThat(handler.worded().getFirst().path()).isEqualTo("/p");
    }

    @Test
    void body_withinItsRate_outlivesTheIntervalButNotTheLimit() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT
                        .with(TimeLimit.BODY_INTERVAL, Duration.ofMillis(1))
                        .with(SizeLimit.BODY_BYTES_PER_SECOND, 1)
                        .with(TimeLimit.BODY, Duration.ofMillis(500)));
                RawClient client = new RawClient(server.port())) {
            client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60\r\n\r\n" + "0".repeat(59));
            assertRefused(client, 408);
        }
    }

    @Test
    void body_thatStandsStillAfterAFastBeginning_isCutAfterTheInterval() throws Exception {
        int enoughForAnHour = 4_000_000;
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.BODY_INTERVAL, Duration.ofMillis(200)));
                RawClient client = new RawClient(server.port())) {
            client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n" + "0".repeat(enoughForAnHour));
            assertRefused(client, 408);
        }
    }

    @Test
    void body_whoseWholeTimeIsShorterThanTheInterval_isCutAfterThatTime() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT
                        .with(TimeLimit.BODY_INTERVAL, Duration.ofHours(1)).with(TimeLimit.BODY, Duration.ofMillis(200)));
                RawClient client = new RawClient(server.port())) {
            assertRefused(client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n0"), 408);
        }
    }

    @Test
    void body_thatCanNeverFindRoom_isTooLarge() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.TOTAL_BODY_BYTES, 4_000));
                RawClient client = new RawClient(server.port())) {
            assertThat(client.post("/p", "x".repeat(2_000)).response().body()).isEqualTo("/p 2000");
            assertRefused(client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2001\r\n\r\n"), 413);
        }
    }

    @Test
    void connection_withoutRequests_isClosedSilently() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.IDLE, Duration.ofSeconds(2)));
                RawClient never = new RawClient(server.port()); RawClient once = new RawClient(server.port())) {
            once.get("/a").response();
            assertThat(once.read()).isEqualTo(-1);
            assertThat(never.read()).isEqualTo(-1);
        }
        assertThat(handler.worded()).isEmpty();
    }

    @Test
    void connections_beyondTheLimit_areClosedAndTakenAgainLater() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.CONNECTIONS, 2))) {
            try (RawClient first = new RawClient(server.port()); RawClient second = new RawClient(server.port())) {
                first.get("/1").response();
                second.get("/2").response();
                try (RawClient third = new RawClient(server.port())) {
                    assertThat(third.textUntilEnd()).isEmpty();
                }
            }
            Eventually.await(() -> server.connectionCount() == 0);
            try (RawClient fourth = new RawClient(server.port())) {
                assertThat(fourth.get("/4").response().body()).isEqualTo("/4 0");
            }
        }
    }

    @Test
    void expectation_isMetOnlyAfterTheHeadWasLetIn() throws Exception {
        handler.refusing(head -> head.path().equals("/no") ? RecordingHandler.text(403, "no") : null);
        String expecting = " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        try (HttpServer server = start(ServerLimits.DEFAULT);
                RawClient welcome = new RawClient(server.port()); RawClient unwelcome = new RawClient(server.port())) {
            welcome.send("POST /yes" + expecting);
            assertThat(welcome.head().status()).isEqualTo(100);
            assertThat(welcome.send("{}").response().body()).isEqualTo("/yes 2");
            assertRefused(unwelcome.send("POST /no" + expecting), 403);
        }
        assertThat(handler.targets()).containsExactly("/yes");
    }

    @Test
    void expectation_withABodyThatIsTooLarge_isNotMet() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.BODY_BYTES, 1));
                RawClient client = new RawClient(server.port())) {
            client.send("POST /p HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertRefused(client, 413);
        }
    }

    @Test
    void refusal_ofARequestWithoutBody_keepsTheConnection() throws Exception {
        handler.refusing(head -> head.path().equals("/no") ? RecordingHandler.text(401, "no") : null);
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.get("/no").get("/yes");
            assertThat(client.response().status()).isEqualTo(401);
            assertThat(client.response().body()).isEqualTo("/yes 0");
        }
    }

    @Test
    void refusal_ofALargeBody_reachesTheClientThatStillSends() throws Exception {
        handler.refusing(head -> RecordingHandler.text(401, "no"));
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.post("/no", "x".repeat(5_000_000)).get("/smuggled");
            assertRefused(client, 401);
        }
        assertThat(handler.handled()).isEmpty();
    }

    private HttpServer start(ServerLimits limits) {
        return HttpServer.start(HttpServerSettings.of("127.0.0.1", 0).withLimits(limits), handler);
    }

    private static void assertRefused(RawClient client, int status) throws Exception {
        RawClient.Response response = client.response();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.head().header("Connection")).isEqualTo("close");
        assertThat(client.read()).isEqualTo(-1);
    }
}
