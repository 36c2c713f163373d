package dev.paddock.adapters.http.gateway.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Provenance;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRecordTest {

    @Test
    void line_wholeRecord_isNamesAndValuesInOrder() {
        AccessRecord ended = new AccessRecord(
                new AccessRecord.Request("req_1", "127.0.0.1", "chat", "hf.co/user/repo:Q4"),
                new AccessRecord.Answer(200, "ok", 512),
                new AccessRecord.Timing(Duration.ofNanos(12_345_678), Duration.ofSeconds(2)),
                2,
                Provenance.of(new BackendId("http://localhost:11434"), 2, true).withQueuedForConnection(Duration.ofMillis(3)));

        assertThat(ended.line())
                .isEqualTo("id=req_1 client=127.0.0.1 operation=chat model=hf.co/user/repo:Q4 status=200 outcome=ok bytes=512"
                        + " queue=3.000 first_frame=12.346 total=2000.000 backend=http://localhost:11434 attempts=2 reused=true");
    }

    @Test
    void line_nothingKnown_isDashes() {
        AccessRecord refused = new AccessRecord(
                new AccessRecord.Request("req_1", null, "unknown", null),
                new AccessRecord.Answer(0, "refused_framing", 0),
                AccessRecord.Timing.NONE,
                0,
                null);

        assertThat(refused.line())
                .isEqualTo("id=req_1 client=- operation=unknown model=- status=- outcome=refused_framing bytes=0"
                        + " queue=- first_frame=- total=0.000 backend=- attempts=0 reused=-");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plain-1.2:x/y@z | plain-1.2:x/y@z",
        "a b | \"a b\"",
        "a=b | \"a=b\"",
        "a\"b\\c | \"a\\\"b\\\\c\"",
    })
    void of_value_isQuotedWhereItMustBe(String value, String written) {
        assertThat(AccessRecord.quoted(value)).isEqualTo(written);
    }

    @Test
    void of_lineEndsAndTerminalCommands_areEscaped() {
        assertThat(AccessRecord.quoted("a\r\nid=x \u001b[31m\u0085ä\u2028"))
                .isEqualTo("\"a\\u000d\\u000aid=x \\u001b[31m\\u0085\\u00e4\\u2028\"");
    }

    @Test
    void of_longValue_isCut() {
        assertThat(AccessRecord.quoted("a".repeat(10_000))).hasSize(256);
    }
}
