package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request directives of RFC 9111, section 5.2.1. */
class CacheControlTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "no-store; true; false; false; ",
        "No-Cache; false; true; false; ",
        "only-if-cached; false; false; true; ",
        "max-age=60; false; false; false; PT60S",
        "max-age=\"60\"; false; false; false; PT60S",
        "max-age = 0000000000060; false; false; false; PT60S",
        "max-age=60, max-age=5; false; false; false; PT5S",
        "max-age; false; false; false; PT0S",
        "max-age=-1; false; false; false; PT0S",
        "max-age=1.5; false; false; false; PT0S",
        "max-age=99999999999999999999; false; false; false; PT999999999S",
        "max-stale=7, no-transform, private; false; false; false; ",
        "no-cache, no-store; true; true; false; ",
    })
    void of_directives_areRead(String value, boolean noStore, boolean noCache, boolean onlyIfCached, Duration maxAge) {
        assertThat(CacheControl.of(Headers.of("cache-control", value)))
                .isEqualTo(new CacheControl(noStore, noCache, onlyIfCached, maxAge));
    }

    @Test
    void of_pragma_countsOnlyAlone() {
        Headers pragma = Headers.of("Pragma", "no-cache");

        assertThat(CacheControl.of(pragma).noCache()).isTrue();
        assertThat(CacheControl.of(pragma.with("Cache-Control", "max-age=1")).noCache()).isFalse();
        assertThat(CacheControl.of(Headers.EMPTY)).isEqualTo(CacheControl.DEFAULT);
    }

    @Test
    void of_severalFields_addUp() {
        Headers headers = Headers.of("Cache-Control", "no-cache").with("Cache-Control", "max-age=3");

        assertThat(CacheControl.of(headers)).isEqualTo(new CacheControl(false, true, false, Duration.ofSeconds(3)));
    }
}
