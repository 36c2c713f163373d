package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.testsupport.CapturedLog;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log names a server that fails, and the reason, once for each change of its state. */
class BackendLogTest {

    private static final String SERVER = ScriptedBackend.URL.toString();

    private final ResilienceFixture fixture = new ResilienceFixture(ResilienceSettings.DEFAULT
            .withRetry(ResilienceSettings.Retry.DEFAULT.withMaxRetries(0)));

    @BeforeEach
    void logStates() {
        fixture.backendRegistry.logStates();
    }

    @Test
    void log_notAskedFor_isEmpty() {
        ResilienceFixture library = new ResilienceFixture(ResilienceSettings.DEFAULT);
        try (CapturedLog log = CapturedLog.under("paddock.backend")) {
            library.backend.failForever(Failures.REFUSED);
            assertThat(catchThrowableOfType(LlmException.class, () -> library.open(Operation.CHAT, "m"))).isNotNull();
            new BackendLog(BackendId.of(ScriptedBackend.URL), () -> true).changed(null, CircuitState.CLOSED, Duration.ZERO, "");

            assertThat(lines(log, 1)).containsExactly("INFO the circuit of " + SERVER + " is closed: all calls pass");
        }
    }

    @Test
    void log_serverIsUnreachableAndComesBack_hasOneLineForEachChange() {
        try (CapturedLog log = CapturedLog.under("paddock.backend")) {
            assertThat(fixture.backendRegistry.hasAnswer()).isFalse();
            fixture.backend.failForever(Failures.REFUSED);
            failing("m", 9);
            assertThat(fixture.backendRegistry.hasAnswer()).isFalse();
            fixture.ticker.advance(Duration.ofSeconds(5));
            fixture.backend.forever(() -> ScriptedExchange.stream("a"));
            for (int call = 0; call < 5; call++) {
                fixture.open(Operation.CHAT, "m").close();
            }

            assertThat(fixture.backendRegistry.hasAnswer()).isTrue();
            assertThat(lines(log, 5)).containsExactly(
                    "WARNING " + SERVER + " has not answered yet: refused",
                    "WARNING the circuit of " + SERVER + " is open for 5.0 s: refused",
                    "INFO the circuit of " + SERVER + " is half-open: one call at a time passes",
                    "INFO " + SERVER + " answers",
                    "INFO the circuit of " + SERVER + " is closed: all calls pass");
        }
    }

    @Test
    void log_serverAnswers_isEmpty() {
        try (CapturedLog log = CapturedLog.under("paddock.backend")) {
            fixture.open(Operation.CHAT, "m").close();
            fixture.backend.forever(() -> ScriptedExchange.document(500, Headers.EMPTY, "{\"error\":\"a bad image\"}"));
            for (int call = 0; call < 20; call++) {
                fixture.open(Operation.CHAT, "m").close();
            }
            new BackendLog(BackendId.of(ScriptedBackend.URL), () -> true).changed(null, CircuitState.CLOSED, Duration.ZERO, ""); // the lines are in order

            assertThat(lines(log, 1)).containsExactly("INFO the circuit of " + SERVER + " is closed: all calls pass");
        }
    }

    @Test
    void log_modelFails_isNamedOnOneLine() {
        try (CapturedLog log = CapturedLog.under("paddock.backend")) {
            fixture.open(Operation.CHAT, "m").close();
            fixture.backend.forever(() -> ScriptedExchange.document(502, Headers.EMPTY, "<html>"));
            for (int call = 0; call < 5; call++) {
                fixture.open(Operation.CHAT, "odd\r\nname\u001b[31m\u009b\u2028\u202e").close();
            }

            assertThat(lines(log, 1)).containsExactly(
                    "WARNING the circuit of model 'odd??name?[31m???' at " + SERVER + " is open for 5.0 s: status 502");
        }
    }

    @Test
    void log_blocks_callsContinue() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch unblocked = new CountDownLatch(1);
        try (CapturedLog log = CapturedLog.under("paddock.backend")) {
            log.setFilter(line -> {
                blocked.countDown();
                return awaited(unblocked);
            });
            fixture.backend.failForever(Failures.REFUSED);
            failing("m", 1);
            blocked.await();
            failing("m", 20);

            assertThat(fixture.backendRegistry.circuits()).first().extracting(Circuit::state).isEqualTo(CircuitState.OPEN);
            assertThat(log.records()).isEmpty();
            unblocked.countDown();
            assertThat(lines(log, 2)).hasSize(2);
        } finally {
            unblocked.countDown();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void failing(String model, int times) {
        for (int call = 0; call < times; call++) {
            assertThat(catchThrowableOfType(LlmException.class, () -> fixture.open(Operation.CHAT, model))).isNotNull();
        }
    }

    private static List<String> lines(CapturedLog log, int count) {
        Eventually.await("lines in the log", () -> log.records().size() >= count);
        return log.records().stream().map(line -> line.getLevel() + " " + line.getMessage()).toList();
    }
}
