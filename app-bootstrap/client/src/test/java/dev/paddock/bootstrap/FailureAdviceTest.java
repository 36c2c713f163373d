package dev.paddock.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.CallPhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureAdviceTest {

    @ParameterizedTest
    @CsvSource({
        "LEASE, OLLAMA_POOL_MAXSIZE", "CONNECT, OLLAMA_CONNECT_TIMEOUT", "TLS, paddock.timeouts.tls",
        "SEND, paddock.timeouts.send", "HEAD, OLLAMA_READ_TIMEOUT", "BODY, OLLAMA_READ_TIMEOUT"
    })
    void of_timeout_namesTheSettingOfThePhase(CallPhase phase, String setting) {
        LlmTimeoutException failure = new LlmTimeoutException(phase, Duration.ofSeconds(1), ErrorFacts.NONE, null);

        assertThat(FailureAdvice.of(failure)).startsWith(failure.advice()).contains(setting);
    }

    @Test
    void of_poolExhausted_namesBothWays() {
        assertThat(FailureAdvice.of(new PoolExhaustedException(20, ErrorFacts.NONE)))
                .contains("OLLAMA_POOL_MAXSIZE")
                .contains("OLLAMA_POOL_BLOCK=true");
    }

    @Test
    void of_modelNotFound_isTheCommandToType() {
        assertThat(FailureAdvice.of(new ModelNotFoundException("llama3.2:1b", "not found", ErrorFacts.NONE)))
                .contains("ollama pull llama3.2:1b")
                .contains("./paddock pull llama3.2:1b");
    }

    @Test
    void of_serverNotReached_namesWhereTheAddressIsSet() {
        assertThat(FailureAdvice.of(new BackendUnavailableException("refused", ErrorFacts.NONE)))
                .contains("ollama serve", "OLLAMA_BASE_URL", "--base-url");
        assertThat(FailureAdvice.of(BackendUnavailableException.ofUnknownHost(BackendUnavailableException.Hop.SERVER, "no address", ErrorFacts.NONE, null)))
                .contains("host name", "OLLAMA_BASE_URL", "--base-url")
                .doesNotContain("running");
    }

    @Test
    void of_refusedCaller_isTheKeyOrThePermission() {
        assertThat(FailureAdvice.of(new AuthenticationException("no", ErrorFacts.NONE.withStatus(401)))).isEqualTo("Check OLLAMA_API_KEY.");
        assertThat(FailureAdvice.of(new AuthenticationException("no", ErrorFacts.NONE.withStatus(403)))).contains("Whoever runs the server");
    }

    @Test
    void of_otherFailure_isItsOwnAdvice() {
        ServerFailedException failure = new ServerFailedException("failed", ErrorFacts.NONE);

        assertThat(FailureAdvice.of(failure)).isEqualTo(failure.advice());
    }
}
