package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopCommandTest {

    private static final String SNAPSHOT =
            """
            {"timestamp":"2026-11-29T12:00:0SECONDZ",
             "connection_pool":{"backends":[{"endpoint":"http://127.0.0.1:11434","leased":2,"idle":1,"pending":0,"created":3,
               "limits":{"connections_per_host":20},"acquire":{"p99_ms":0.25}}]},
             "backends":[{"id":"big","state":"active","in_flight":2,"failure_share":0.5,"learned_ago_ms":5,"models":[{"name":"llama3.2"}]},
               {"id":"not-asked","state":"active","in_flight":0,"failure_share":0,"learned_ago_ms":null,"models":[]}],
             "cache":null,
             "requests":{"outcomes":{"ok":COUNT,"timeout":1},
               "slowest":[{"operation":"chat","model":"a-model-with-a-name-that-is-too-long-for-a-column","outcome":"ok","total_ms":1500}],
               "failed":[{"operation":"chat","model":"evil\\n\\u001b[2J","outcome":"timeout","total_ms":2.5}],
               "first_frames":[{"backend":"big","model":"llama3.2","p50_ms":12.5,"p99_ms":99}]},
             "counters":{}}
            """;
    private static final TerminalTraits SCREEN = new TerminalTraits(false, true, true, false, 80);
    private static final String HOME = "\u001b[H";

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer gateway;
    private volatile List<Integer> statuses = List.of(200);

    @BeforeEach
    void start() throws Exception {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/paddock/snapshot", exchange -> {
            int number = requests.getAndIncrement();
            byte[] body = SNAPSHOT.replace("SECOND", String.valueOf(number)).replace("COUNT", String.valueOf(10 + 3 * number)).getBytes(UTF_8);
            exchange.sendResponseHeaders(statuses.get(Math.min(number, statuses.size() - 1)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void top_withoutATerminal_isShownOnceInPlainText() {
        CliRun run = run(TerminalTraits.NONE, "top");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("2 in flight", "requests: ok 10, timeout 1", "2/20", "big", "active", "50%", "llama3.2", "12.5 ms", "1.5 s")
                .doesNotContain("\u001b", "cache:");
        assertThat(run.out()).containsPattern("big +active +2 +50% +1\n").containsPattern("not-asked +active +0 +0% +-\n");
        assertThat(requests).hasValue(1);
    }

    @Test
    void top_onceOnATerminal_fitsIntoIt() {
        CliRun run = run(SCREEN, "top", "--once");

        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(run.out()).doesNotContain("\u001b", "too-long-for-a-column").contains("evil??[2J");
    }

    @Test
    void top_json_isTheSnapshot() {
        assertThat(run(TerminalTraits.NONE, "top", "--json").json()).containsKeys("connection_pool", "requests");
    }

    @Test
    void top_onATerminal_isRedrawnWhileTheGatewayRestartsAndLeavesTheScreenAsItWas() {
        statuses = List.of(200, 503, 200, 401);

        CliRun run = run(SCREEN, "top");

        assertThat(run.status()).isEqualTo(8);
        assertThat(run.out()).startsWith("\u001b[?1049h\u001b[?25l").endsWith("\u001b[?25h\u001b[?1049l");
        String[] screens = run.out().split(Pattern.quote(HOME), -1);
        assertThat(screens).hasSize(4);
        assertThat(run.out()).as("nothing wraps or scrolls, also in a window that was made smaller").contains("\u001b[?7l").doesNotContain("\n");
        assertThat(screens[1]).contains("2 in flight\u001b[K").doesNotContain("requests/s");
        assertThat(screens[2]).contains("No answer: the gateway failed", "requests: ok 10");
        assertThat(screens[3]).contains("2 in flight, 3.0 requests/s", "requests: ok 16").doesNotContain("No answer");
    }

    private CliRun run(TerminalTraits traits, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--gateway", "http://127.0.0.1:" + gateway.getAddress().getPort()));
        return new CliRun().withTraits(traits).run(all.toArray(String[]::new));
    }
}
