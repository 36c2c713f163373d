package dev.paddock.adapters.http.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A time is read as the platform reads it, only sooner. */
class Rfc3339Test {

    @ParameterizedTest
    @ValueSource(strings = {
            "2026-11-22T10:11:12Z",
            "2026-11-22T10:11:12.1Z",
            "2026-11-22T10:11:12.123456Z",
            "2026-11-22T10:11:12.000000001Z",
            "2026-11-22T10:11:12.123456789+02:00",
            "2026-11-22T23:59:59.999999999Z",
            "2026-11-22T10:11:12.5-07:30",
            "2026-11-22T10:11:12+00:00",
            "0001-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "1969-12-31T23:59:59.9Z",
            "2024-02-29T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-10T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-32T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T10:60:00Z",
            "2026-01-01T10:00:60Z",
            "2026-01-01T10:00Z",
            "2026-01-01t10:00:00z",
            "2026-01-01T10:00:00.1234567890Z",
            "2026-01-01T10:00:00.Z",
            "2026-01-01T10:00:00,5Z",
            "2026-01-01T10:00:00",
            "2026-01-01T10:00:00.5",
            "2026-01-01T10:00:00ZZ",
            "2026-01-01T10:00:00Z ",
            " 2026-01-01T10:00:00Z",
            "2026-01-01 10:00:00Z",
            "+2026-01-01T10:00:00Z",
            "-026-01-01T10:00:00Z",
            "2026-1-01T10:00:00Z",
            "20a6-01-01T10:00:00Z",
            "2026/01/01T10:00:00Z",
            "yesterday",
            ""
    })
    void parse_anyText_isWhatThePlatformReads(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(platform(text));
    }

    @Test
    void parse_randomTimes_areWhatThePlatformReads() {
        Random random = new Random(1);
        long first = LocalDate.of(1, 1, 1).toEpochDay() * 86_400;
        long end = LocalDate.of(9999, 12, 31).toEpochDay() * 86_400;
        for (int count = 0; count < 100_000; count++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(first, end), random.nextInt(1_000_000_000));
            assertThat(Rfc3339.parse(time.toString())).isEqualTo(time);
        }
    }

    private static @Nullable Instant platform(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException none) {
            return null;
        }
    }
}
