package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which attempt may be followed by another, by what was asked and how the attempt ended. */
class RetryTableTest {

    private static final Operation[] COLUMNS = {
        Operation.LIST_MODELS, Operation.EMBED, Operation.CHAT, Operation.PULL_MODEL
    };

    // Total attempts at a server that always fails in this way: read, embed, generate, manage; and why there are no more.
    @ParameterizedTest
    @CsvSource({
        "REFUSED,             4, 4, 4, 4, exhausted,  exhausted",
        "UNKNOWN_HOST,        1, 1, 1, 1, pointless,  pointless",
        "PROXY_FAILED,        4, 4, 4, 4, exhausted,  exhausted",
        "PROXY_REFUSES,       1, 1, 1, 1, pointless,  pointless",
        "CERTIFICATE,         1, 1, 1, 1, pointless,  pointless",
        "CONNECT_TIMEOUT,     4, 4, 4, 4, exhausted,  exhausted",
        "TLS_TIMEOUT,         4, 4, 4, 4, exhausted,  exhausted",
        "LEASE_TIMEOUT,       1, 1, 1, 1, pointless,  pointless",
        "POOL_FULL,           1, 1, 1, 1, pointless,  pointless",
        "PARTLY_SENT,         4, 4, 4, 1, exhausted,  not_safe",
        "STALE,               5, 5, 5, 1, exhausted,  not_safe",
        "STALE_PARTLY_SENT,   5, 5, 5, 1, exhausted,  not_safe",
        "RESET_WHILE_WAITING, 4, 4, 4, 1, exhausted,  not_safe",
        "RESET_IN_HEAD,       4, 4, 4, 1, exhausted,  not_safe",
        "SEND_TIMEOUT,        4, 4, 4, 1, exhausted,  not_safe",
        "HEAD_TIMEOUT,        4, 2, 1, 1, not_safe,   not_safe",
        "MALFORMED,           1, 1, 1, 1, pointless,  pointless",
        "CANCELLED,           1, 1, 1, 1, pointless,  pointless",
        "DEADLINE,            1, 1, 1, 1, pointless,  pointless",
        "CLOSED,              1, 1, 1, 1, pointless,  pointless",
    })
    void open_attemptFails_isRepeatedByTheTable(
            Failures failure, int read, int embed, int generate, int manage, String ofGenerate, String ofManage) {
        int[] expected = {read, embed, generate, manage};
        for (int column = 0; column < COLUMNS.length; column++) {
            ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
            fixture.backend.failForever(failure);
            Operation operation = COLUMNS[column];
            LlmException last = catchThrowableOfType(LlmException.class, () -> fixture.open(operation));
            assertThat(fixture.backend.attempts()).as("%s %s", failure, operation).isEqualTo(expected[column]);
            assertThat(last.kind()).isEqualTo(failure.get().kind());
            assertThat(last.facts().attempts()).isEqualTo(expected[column]);
            if (operation == Operation.CHAT) {
                assertThat(fixture.metrics.decisions()).containsEntry(ofGenerate, 1L);
            }
            if (operation == Operation.PULL_MODEL) {
                assertThat(fixture.metrics.decisions()).containsEntry(ofManage, 1L);
            }
        }
    }

    // The same for a head of 200 that is followed by a failure instead of a first frame.
    @ParameterizedTest
    @CsvSource({
        "BODY_TIMEOUT,     4, 2, 1, 1",
        "BODY_RESET,       4, 4, 4, 1",
        "TRUNCATED,        4, 4, 4, 1",
        "FAILED_IN_ANSWER, 2, 2, 1, 1",
        "MALFORMED,        1, 1, 1, 1",
    })
    void open_answerFailsBeforeFirstFrame_isRepeatedByTheTable(
            Failures failure, int read, int embed, int generate, int manage) {
        int[] expected = {read, embed, generate, manage};
        for (int column = 0; column < COLUMNS.length; column++) {
            ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
            fixture.backend.forever(() -> ScriptedExchange.brokenStream(failure.get()));
            Operation operation = COLUMNS[column];

            LlmException last = catchThrowableOfType(LlmException.class, () -> fixture.open(operation));

            assertThat(fixture.backend.attempts()).as("%s %s", failure, operation).isEqualTo(expected[column]);
            assertThat(last.facts().attempts()).isEqualTo(expected[column]);
        }
    }

    // Total attempts at a server that always gives this answer.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | {}                                                            | 1 | 1 | 1 | 1 | ",
        "400 | {\"error\":\"model runner has unexpectedly stopped\"}         | 1 | 4 | 1 | 1 | ",
        "400 | {\"error\":\"invalid input type\"}                            | 1 | 1 | 1 | 1 | ",
        "401 | {}                                                            | 1 | 1 | 1 | 1 | ",
        "404 | {\"error\":\"model 'x' not found\"}                           | 1 | 1 | 1 | 1 | ",
        "408 | {}                                                            | 2 | 2 | 2 | 1 | exhausted",
        "421 | {}                                                            | 2 | 2 | 2 | 1 | exhausted",
        "425 | {}                                                            | 2 | 2 | 2 | 1 | exhausted",
        "429 | {}                                                            | 4 | 4 | 4 | 1 | exhausted",
        "499 | {}                                                            | 1 | 1 | 1 | 1 | ",
        "500 | {\"error\":\"model runner has unexpectedly stopped\"}         | 4 | 4 | 4 | 1 | exhausted",
        "500 | {\"error\":\"option \\\"stop\\\" must be of type array\"}     | 1 | 1 | 1 | 1 | pointless",
        "500 | {\"error\":\"invalid format: \\\"x\\\"\"}                     | 1 | 1 | 1 | 1 | pointless",
        "501 | {}                                                            | 1 | 1 | 1 | 1 | ",
        "502 | {}                                                            | 4 | 4 | 4 | 1 | exhausted",
        "503 | {\"error\":\"server busy, please try fixture.\"}                | 4 | 4 | 4 | 1 | exhausted",
        "504 | {}                                                            | 4 | 4 | 4 | 1 | exhausted",
        "505 | {}                                                            | 1 | 1 | 1 | 1 | ",
    })
    void open_answerHasStatus_isRepeatedByTheTable(
            int status, String body, int read, int embed, int generate, int manage, String ofGenerate) {
        int[] expected = {read, embed, generate, manage};
        for (int column = 0; column < COLUMNS.length; column++) {
            ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
            fixture.backend.forever(() -> ScriptedExchange.document(status, Headers.EMPTY, body));
            Operation operation = COLUMNS[column];

            try (Exchange exchange = fixture.open(operation)) {
                assertThat(fixture.backend.attempts()).as("%d %s", status, operation).isEqualTo(expected[column]);
                assertThat(exchange.head().status()).isEqualTo(status);
                assertThat(exchange.head().provenance().attempts()).isEqualTo(expected[column]);
                assertThat(ResilienceFixture.readAll(exchange)).containsExactly(body);
            }
            if (operation == Operation.CHAT) {
                long retries = generate - 1;
                Map<String, Long> decisions = ofGenerate == null
                        ? Map.of()
                        : retries == 0 ? Map.of(ofGenerate, 1L) : Map.of("granted", retries, ofGenerate, 1L);
                assertThat(fixture.metrics.decisions()).isEqualTo(decisions);
            }
        }
    }

    @Test
    void open_serverSaysNotToRetry_isNotRepeated() {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        fixture.backend.forever(() -> ScriptedExchange.document(503, Headers.of("X-Should-Retry", "false"), "no"));

        assertThat(fixture.open(Operation.CHAT).head().status()).isEqualTo(503);

        assertThat(fixture.backend.attempts()).isEqualTo(1);
    }

    // The SDKs of OpenAI count their retries in a header. Total attempts at a server that always fails: generate, embed.
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-,      REFUSED,          4, 4",
        "0,      REFUSED,          4, 4",
        "1,      REFUSED,          1, 4",
        "2,      REFUSED,          1, 4",
        "' 10 ', PARTLY_SENT,      1, 4",
        "1,      CONNECT_TIMEOUT,  1, 4",
        "1,      STALE,            1, 5",
        "soon,   REFUSED,          4, 4",
        "-1,     REFUSED,          4, 4",
        "1.5,    REFUSED,          4, 4",
    })
    void open_callerTriesAgainItself_isLeftToItWhenGenerating(String count, Failures failure, int generate, int embed) {
        assertThat(attempts(Operation.CHAT, count, failure)).isEqualTo(generate);
        assertThat(attempts(Operation.GENERATE, count, failure)).isEqualTo(generate);
        assertThat(attempts(Operation.EMBED, count, failure)).isEqualTo(embed);
    }

    @Test
    void open_callerTriesAgainItselfAndServerIsBusy_handsTheRefusalOnAndSaysWhy() {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        fixture.backend.forever(() -> ScriptedExchange.document(503, Headers.of("Retry-After", "1"), "busy"));
        ExchangeRequest request =
                ResilienceFixture.request(Operation.CHAT).withHeaders(Headers.of("x-stainless-retry-count", "1"));

        Exchange exchange = fixture.port.open(request, CallContext.create());

        assertThat(exchange.head().status()).isEqualTo(503);
        assertThat(fixture.backend.attempts()).isEqualTo(1);
        assertThat(fixture.metrics.decisions()).isEqualTo(Map.of("left_to_caller", 1L));
    }

    private static int attempts(Operation operation, String count, Failures failure) {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        fixture.backend.failForever(failure);
        Headers headers = count == null ? Headers.EMPTY : Headers.of("X-Stainless-Retry-Count", count);
        ExchangeRequest request = ResilienceFixture.request(operation).withHeaders(headers);
        catchThrowableOfType(LlmException.class, () -> fixture.port.open(request, CallContext.create()));
        return fixture.backend.attempts();
    }

    @ParameterizedTest
    @EnumSource(GenerationReplay.class)
    void open_generationBreaks_replaysAsFarAsAllowed(GenerationReplay replay) {
        Map<GenerationReplay, Integer> onFreshConnection = Map.of(
                GenerationReplay.ALWAYS, 4, GenerationReplay.STALE_CONNECTION, 1, GenerationReplay.NEVER, 1);
        Map<GenerationReplay, Integer> onStaleConnection = Map.of(
                GenerationReplay.ALWAYS, 5, GenerationReplay.STALE_CONNECTION, 2, GenerationReplay.NEVER, 1);

        assertThat(attempts(replay, Failures.RESET_WHILE_WAITING)).isEqualTo(onFreshConnection.get(replay));
        assertThat(attempts(replay, Failures.STALE)).isEqualTo(onStaleConnection.get(replay));
        assertThat(attempts(replay, Failures.PARTLY_SENT)).isEqualTo(4);
        assertThat(attempts(replay, Failures.STALE_PARTLY_SENT)).isEqualTo(5);
    }

    // Total attempts at a server that always gives this answer to a generation, and to an embedding.
    @ParameterizedTest
    @CsvSource({
        "ALWAYS, 500, 4", "ALWAYS, 502, 4", "ALWAYS, 504, 4", "ALWAYS, 503, 4",
        "STALE_CONNECTION, 500, 1", "STALE_CONNECTION, 502, 1", "STALE_CONNECTION, 504, 1", "STALE_CONNECTION, 503, 4",
        "NEVER, 500, 1", "NEVER, 502, 1", "NEVER, 504, 1", "NEVER, 429, 4",
    })
    void open_serverMayHaveGenerated_isRepeatedAsFarAsAllowed(GenerationReplay replay, int status, int generate) {
        for (Operation operation : List.of(Operation.CHAT, Operation.EMBED)) {
            ResilienceFixture fixture = new ResilienceFixture(ResilienceFixture.RULES_ONLY.withRetry(
                    ResilienceSettings.Retry.DEFAULT.withReplay(replay)));
            fixture.backend.forever(() -> ScriptedExchange.document(status, Headers.EMPTY, "x"));

            fixture.open(operation).close();

            assertThat(fixture.backend.attempts()).isEqualTo(operation == Operation.CHAT ? generate : 4);
        }
    }

    @Test
    void open_methodChangesServer_isRepeatedOnlyWithoutConnection() {
        ResilienceFixture fixture = ResilienceFixture.withRulesOnly();
        fixture.backend.failForever(Failures.PARTLY_SENT);
        ExchangeRequest delete = ExchangeRequest.create(Operation.SHOW_MODEL, "DELETE", "/api/delete", new byte[] {1});

        catchThrowableOfType(LlmException.class, () -> fixture.port.open(delete, CallContext.create()));

        assertThat(fixture.backend.attempts()).isEqualTo(1);
    }

    private static int attempts(GenerationReplay replay, Supplier<LlmException> failure) {
        ResilienceFixture fixture = new ResilienceFixture(ResilienceFixture.RULES_ONLY.withRetry(
                ResilienceSettings.Retry.DEFAULT.withReplay(replay)));
        fixture.backend.failForever(failure);
        catchThrowableOfType(LlmException.class, () -> fixture.open(Operation.GENERATE));
        return fixture.backend.attempts();
    }
}
