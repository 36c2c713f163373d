package dev.paddock.bootstrap.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.ErrorKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitStatusTest {

    @ParameterizedTest
    @CsvSource({
        "INVALID_REQUEST,1",
        "AUTHENTICATION,8", "MODEL_NOT_FOUND,5", "RATE_LIMITED,7", "SERVER_BUSY,7", "SERVER_FAILED,1",
        "GENERATION_FAILED,9", "BACKEND_UNAVAILABLE,4", "CONNECTION_LOST,9", "TRUNCATED_RESPONSE,9",
        "MALFORMED_RESPONSE,1", "TIMEOUT,6", "POOL_EXHAUSTED,7", "OVERLOADED,7", "CIRCUIT_OPEN,4", "CANCELLED,130", "CLIENT_CLOSED,1"
    })
    void of_kindOfFailure_isTheDocumentedNumber(ErrorKind kind, int expected) {
        assertThat(ExitStatus.of(kind).code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void of_anyFailure_isNotZero(ErrorKind kind) {
        assertThat(ExitStatus.of(kind).code()).isPositive();
    }

    @Test
    void code_ofEachStatus_isDifferent() {
        assertThat(Arrays.stream(ExitStatus.values()).map(ExitStatus::code)).doesNotHaveDuplicates();
    }
}
