package dev.paddock.domain.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Frame;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LlmExceptionTest {

    private static final BackendId BACKEND = new BackendId("http://a:1");
    private static final ErrorFacts FACTS = ErrorFacts.NONE.withBackend(BACKEND);
    private static final CallProgress PROGRESS = new CallProgress(CallPhase.BODY, 10, 10, true, false);
    private static final Throwable CAUSE = new IllegalStateException("why");

    static List<LlmException> all() {
        return List.of(
                new InvalidRequestException("m", FACTS, CAUSE),
                new AuthenticationException("m", FACTS, CAUSE),
                new ModelNotFoundException("llama3", "m", FACTS),
                new RateLimitedException("m", FACTS, CAUSE),
                new ServerBusyException("m", FACTS, CAUSE),
                new ServerFailedException("m", FACTS, CAUSE),
                new GenerationFailedException("m", FACTS, CAUSE),
                new BackendUnavailableException("m", FACTS, CAUSE),
                new ConnectionLostException("m", FACTS, CAUSE),
                new TruncatedResponseException("m", FACTS, CAUSE),
                new MalformedResponseException("m", FACTS, CAUSE),
                new LlmTimeoutException(CallPhase.HEAD, Duration.ofSeconds(1), FACTS, CAUSE),
                new PoolExhaustedException(20, FACTS),
                new OverloadedException(OverloadedException.Reason.QUEUE_FULL, 7, null, FACTS),
                new CircuitOpenException(FACTS),
                new AnswerNotCachedException("m", FACTS),
                new CallCancelledException("m", FACTS, CAUSE),
                new ClientClosedException("m", FACTS, CAUSE));
    }

    @Test
    void kinds_andSubclasses_correspondOneToOne() {
        assertThat(all()).extracting(LlmException::kind).containsExactlyInAnyOrder(ErrorKind.values());
        assertThat(LlmException.class.getPermittedSubclasses())
                .containsExactlyInAnyOrderElementsOf(all().stream().<Class<?>>map(Object::getClass).toList())
                .allMatch(type -> Modifier.isFinal(type.getModifiers()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void failure_always_saysWhatHappenedAndWhatIsKnown(LlmException failure) {
        assertThat(failure.getMessage()).isNotBlank();
        assertThat(failure.facts().backend()).isEqualTo(BACKEND);
    }

    @ParameterizedTest
    @MethodSource("all")
    void failure_withACause_keepsIt(LlmException failure) {
        Set<ErrorKind> ownVerdicts = Set.of(
                ErrorKind.MODEL_NOT_FOUND, ErrorKind.POOL_EXHAUSTED, ErrorKind.OVERLOADED, ErrorKind.CIRCUIT_OPEN,
                ErrorKind.NOT_CACHED);

        assertThat(failure.getCause()).isSameAs(ownVerdicts.contains(failure.kind()) ? null : CAUSE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void advice_exceptWhenTheCallerCancelled_saysWhatToDo(LlmException failure) {
        if (failure.kind() == ErrorKind.CANCELLED) {
            assertThat(failure.advice()).isEmpty();
        } else {
            assertThat(failure.advice()).matches(".*[.?]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST, false", "AUTHENTICATION, false", "MODEL_NOT_FOUND, false", "RATE_LIMITED, true",
        "SERVER_BUSY, true", "SERVER_FAILED, true", "GENERATION_FAILED, false", "BACKEND_UNAVAILABLE, true",
        "CONNECTION_LOST, true", "TRUNCATED_RESPONSE, false", "MALFORMED_RESPONSE, false", "TIMEOUT, true",
        "POOL_EXHAUSTED, true", "OVERLOADED, true", "CIRCUIT_OPEN, true", "CANCELLED, false", "CLIENT_CLOSED, false"
    })
    void isRetryable_byKind_isAsDocumented(ErrorKind kind, boolean retryable) {
        LlmException failure = all().stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();

        assertThat(failure.isRetryable()).isEqualTo(retryable);
    }

    @ParameterizedTest
    @EnumSource(CallPhase.class)
    void timeout_inEachPhase_namesThePhaseTheLimitAndTheWayOut(CallPhase phase) {
        LlmTimeoutException failure = new LlmTimeoutException(phase, Duration.ofMillis(1500), FACTS, null);

        assertThat(failure).hasMessage(phase.description() + " took longer than 1500 ms");
        assertThat(failure.phase()).isEqualTo(phase);
        assertThat(failure.limit()).isEqualTo(Duration.ofMillis(1500));
        assertThat(failure.advice()).isNotBlank();
        assertThat(failure.isRetryable()).isEqualTo(phase != CallPhase.CALL);
    }

    @ParameterizedTest
    @MethodSource("all")
    void advice_always_namesNoVariableAndNoOption(LlmException failure) {
        assertThat(failure.advice()).doesNotContainPattern("[A-Z]+_[A-Z]|paddock|--");
    }

    @Test
    void timeout_adviceOfThePhases_differs() {
        assertThat(timeout(CallPhase.LEASE).advice()).contains("connections");
        assertThat(timeout(CallPhase.CONNECT).advice()).contains("reachable");
        assertThat(timeout(CallPhase.HEAD).advice()).contains("load a model");
    }

    @Test
    void modelNotFound_advice_isTheCommandToType() {
        ModelNotFoundException failure = new ModelNotFoundException("llama3.2:1b", "model not found", FACTS);

        assertThat(failure.model()).isEqualTo("llama3.2:1b");
        assertThat(failure.advice()).contains("ollama pull llama3.2:1b");
    }

    @Test
    void poolExhausted_message_namesLimitAndServer() {
        PoolExhaustedException failure = new PoolExhaustedException(20, FACTS);

        assertThat(failure).hasMessage("all 20 connections to http://a:1 are in use");
        assertThat(failure.limit()).isEqualTo(20);
        assertThat(failure.advice()).contains("Raise the limit").contains("wait for a free one");
    }

    @Test
    void ownVerdicts_serverNotKnown_doNotSayNull() {
        assertThat(new CircuitOpenException(ErrorFacts.NONE).getMessage()).doesNotContain("null");
        assertThat(new PoolExhaustedException(20, ErrorFacts.NONE).getMessage()).doesNotContain("null");
    }

    @ParameterizedTest
    @MethodSource("all")
    void withFacts_everyFailure_changesTheFactsOfACopyOnly(LlmException failure) {
        failure.addSuppressed(new IllegalStateException("while closing"));
        ErrorFacts outer = FACTS.withAttempts(3).withTextReceived("so far");
        LlmException changed = failure.withFacts(outer);

        assertThat(changed).isNotSameAs(failure).hasSameClassAs(failure).hasMessage(failure.getMessage());
        assertThat(changed.facts()).isEqualTo(outer);
        assertThat(failure.facts()).isEqualTo(FACTS);
        assertThat(changed.kind()).isEqualTo(failure.kind());
        assertThat(changed.advice()).isEqualTo(failure.advice());
        assertThat(changed.getCause()).isSameAs(failure.getCause());
        assertThat(changed.getSuppressed()).containsExactly(failure.getSuppressed());
        assertThat(changed.getStackTrace()).isEqualTo(failure.getStackTrace());
        boolean isRefusal = failure instanceof PoolExhaustedException || failure instanceof OverloadedException;
        assertThat(changed.getStackTrace().length == 0).as("refusals cost little").isEqualTo(isRefusal);
    }

    @Test
    void withFacts_fieldsOfTheType_areKept() {
        GenerationFailedException.Report report =
                new GenerationFailedException.Report("{}", 400, Frame.data(new byte[1]));
        assertThat(((GenerationFailedException) new GenerationFailedException("m", ErrorFacts.NONE, report).withFacts(FACTS)).report())
                .isSameAs(report);
        assertThat(((ModelNotFoundException) new ModelNotFoundException("m", "none", ErrorFacts.NONE).withFacts(FACTS)).model())
                .isEqualTo("m");
        assertThat(((PoolExhaustedException) new PoolExhaustedException(7, ErrorFacts.NONE).withFacts(FACTS)).limit())
                .isEqualTo(7);
    }

    @Test
    void facts_withEachPart_changesThatPartOnly() {
        ErrorFacts facts = ErrorFacts.NONE
                .withStatus(503)
                .withBackend(BACKEND)
                .withAttempts(2)
                .withProgress(PROGRESS)
                .withElapsed(Duration.ofMillis(1))
                .withRetryAfter(Duration.ofSeconds(2))
                .withTextReceived("t")
                .withRequestId("r");

        assertThat(facts).isEqualTo(new ErrorFacts(
                503, BACKEND, 2, PROGRESS, Duration.ofMillis(1), Duration.ofSeconds(2), "t", "r"));
        assertThat(facts.phase()).isEqualTo(CallPhase.BODY);
        assertThat(ErrorFacts.NONE.phase()).isNull();
        assertThatThrownBy(() -> new ErrorFacts(null, null, 0, null, null, null, null, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("textReceived");
    }

    @Test
    void label_everyKind_isFitForMetrics() {
        Stream<String> labels = Arrays.stream(ErrorKind.values()).map(ErrorKind::label);

        assertThat(labels).allMatch(label -> label.matches("[a-z]+(_[a-z]+)*")).doesNotHaveDuplicates();
    }

    private static LlmTimeoutException timeout(CallPhase phase) {
        return new LlmTimeoutException(phase, Duration.ofSeconds(1), FACTS, null);
    }

    @Test
    void rateLimited_quotaUsedUp_isNotRetryableAndSaysWhatToDo() {
        RateLimitedException failure = new RateLimitedException("m", FACTS, true);

        assertThat(failure.isQuotaExhausted()).isTrue();
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.advice()).contains("quota");
        assertThat(((RateLimitedException) failure.withFacts(ErrorFacts.NONE)).isQuotaExhausted()).isTrue();
    }
}
