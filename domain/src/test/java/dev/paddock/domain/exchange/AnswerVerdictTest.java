package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerVerdictTest {

    @ParameterizedTest
    @CsvSource({
        "200, OK, ok", "204, OK, ok", "304, REDIRECT, invalid_request", "307, REDIRECT, invalid_request",
        "400, CLIENT_ERROR, invalid_request", "401, AUTHENTICATION, authentication", "403, AUTHENTICATION, authentication",
        "404, NOT_FOUND, not_found", "405, CLIENT_ERROR, invalid_request", "408, NOT_PROCESSED, server_failed",
        "413, CLIENT_ERROR, invalid_request", "421, NOT_PROCESSED, server_failed", "425, NOT_PROCESSED, server_failed",
        "429, RATE_LIMITED, rate_limited", "499, REQUEST_CANCELLED, server_failed", "500, SERVER_FAILED, server_failed",
        "501, CLIENT_ERROR, invalid_request", "502, UNAVAILABLE, server_failed", "503, BUSY, server_busy",
        "504, UNAVAILABLE, server_failed", "505, CLIENT_ERROR, invalid_request", "529, BUSY, server_busy",
        "599, SERVER_FAILED, server_failed"
    })
    void ofStatus_status_isWhatItMeansByItself(int status, AnswerVerdict verdict, String label) {
        assertThat(AnswerVerdict.ofStatus(status)).isEqualTo(verdict);
        assertThat(verdict.label()).isEqualTo(label);
    }

    @ParameterizedTest
    @EnumSource
    void isError_anyVerdict_isOneUnlessTheClientGetsWhatItAskedFor(AnswerVerdict verdict) {
        assertThat(verdict.isError()).isEqualTo(verdict != AnswerVerdict.OK && verdict != AnswerVerdict.REDIRECT);
    }
}
