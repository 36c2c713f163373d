package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {

    @Test
    void demo_json_countsConnectionsAtTheServer() {
        CliRun run = CliRun.of("demo", "--json", "--calls", "6", "--callers", "3", "--connection-cost", "1ms");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        Map<String, Object> unpooled = CliRun.object(run.json().get("unpooled"));
        Map<String, Object> pooled = CliRun.object(run.json().get("pooled"));
        assertThat(unpooled.get("calls")).isEqualTo(6);
        assertThat(unpooled.get("connections_opened")).isEqualTo(6);
        assertThat(pooled.get("connections_opened")).isEqualTo(1);
        assertThat(pooled.get("first_ms")).isInstanceOf(Number.class);
        assertThat(pooled.get("p50_ms")).isInstanceOf(Number.class);
        assertThat(pooled.get("p95_ms")).isInstanceOf(Number.class);
        assertThat(pooled.get("throughput")).isInstanceOf(Number.class);
        assertThat((List<?>) run.json().get("scenarios")).hasSize(4).allSatisfy(scenario -> {
            Map<String, Object> comparison = CliRun.object(scenario);
            Number opened = (Number) CliRun.object(comparison.get("pooled")).get("connections_opened");
            assertThat(opened.intValue()).isBetween(1, (Integer) comparison.get("callers"));
        });
        Map<String, Object> pool = CliRun.object(run.json().get("pool"));
        assertThat(pool.get("created")).isEqualTo(1);
        assertThat(pool.get("leases")).isEqualTo(3);
        assertThat(pool.get("reused")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apache5", "jdk", "okhttp", "netty", "jdk-http2", "okhttp-http2", "netty-http2"})
    void demo_chosenTransport_makesTheConnectionsOfBothSeries(String transport) {
        CliRun run = CliRun.of(
                "demo", "--json", "--transport", transport, "--calls", "4", "--callers", "2", "--connection-cost", "0");

        assertThat(run.status()).isZero();
        assertThat(run.json().get("transport")).isEqualTo(transport);
        assertThat(CliRun.object(run.json().get("pool")).get("transport")).isEqualTo(transport);
        assertThat(CliRun.object(run.json().get("unpooled")).get("connections_opened")).isEqualTo(4);
        assertThat(CliRun.object(run.json().get("pooled")).get("connections_opened")).isEqualTo(1);
    }

    @Test
    void demo_unknownTransport_isAMistakeOfTheUser() {
        CliRun run = CliRun.of("demo", "--transport", "jetty");

        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("'jetty'").contains("apache5, jdk, jdk-http2, netty, netty-http2, okhttp, okhttp-http2");
    }

    @Test
    void demo_forPeople_saysThatTheServerIsSimulated() {
        CliRun run = CliRun.of("demo", "--calls", "4", "--callers", "2", "--connection-cost", "0");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("simulated").contains("through the pool").contains("reused 2");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }
}
