package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.gateway.Gateway;
import dev.paddock.adapters.http.gateway.GatewayDependencies;
import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.Eventually;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Responses of model servers, byte for byte, and what a caller of the library sees of them: directly over each transport, and through a
 * gateway that uses the same transport. {@link AnswersOnTheCommandLineIT} has them on the command line. The tables are
 * {@link RawAnswers}, {@link UnusualFields} and {@link OddAnswers}.
 */
@Timeout(60)
class AnswersAsServersSendThemIT extends OverEveryTransport {

    static Stream<RawAnswer> answers() {
        return Stream.of(RawAnswers.all(), UnusualFields.all(), OddAnswers.all()).flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void call_answeredByAServer_hasTheOutcome(RawAnswer row) {
        try (ScriptedServer server = serving(row);
                Paddock paddock = client(server.baseUrl(), row)) {
            assertOutcome(row, paddock, row.failure(), row.seen());
            assertThat(paddock.pool().pools().getFirst().usage().leased()).isZero();
        }
    }

    /** The gateway may answer a failure with a status of its own, so that its kind may differ. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void call_throughTheGateway_hasTheOutcome(RawAnswer row) {
        try (ScriptedServer server = serving(row);
                Paddock upstream = client(server.baseUrl(), row);
                Gateway gateway = Gateway.start(
                        new GatewayDependencies(upstream.exchange(), upstream.metrics(), List.of()),
                        GatewaySettings.of("127.0.0.1", 0),
                        line -> {});
                Paddock paddock = client("http://127.0.0.1:" + gateway.port(), row)) {
            assertOutcome(row, paddock, null, row.seenThroughGateway());
            Eventually.await("a connection that is free", () -> upstream.pool().pools().getFirst().usage().leased() == 0);
        }
    }

    private static void assertOutcome(RawAnswer row, Paddock paddock, @Nullable ErrorKind kind, List<String> seen) {
        if (row.failure() == null) {
            assertSeen(seen, row.call().run(paddock));
            return;
        }
        LlmException failure = catchThrowableOfType(LlmException.class, () -> row.call().run(paddock));
        assertThat(failure).as("the failure").isNotNull();
        assertSeen(seen, RawCall.describe(failure));
        if (kind != null) {
            assertThat(failure.kind()).isEqualTo(kind);
        }
    }

    private static void assertSeen(List<String> seen, String outcome) {
        seen.forEach(text -> assertThat(outcome).contains(text));
    }

    private Paddock client(String baseUrl, RawAnswer row) {
        return Clients.start(
                baseUrl,
                Map.of(),
                Map.of("paddock.transport", transport, "paddock.dialect", row.call().dialect(), "paddock.retry.max-retries", "0"));
    }

    static ScriptedServer serving(RawAnswer row) {
        return ScriptedServer.start(connection -> {
            if (connection.awaitRequest()) {
                connection.readRequest();
                connection.send(row.response());
            }
        });
    }
}
