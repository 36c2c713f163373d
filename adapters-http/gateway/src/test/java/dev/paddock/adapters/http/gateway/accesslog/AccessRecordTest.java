package dev.paddock.adapters.http.gateway.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Provenance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRecordTest {

    private static final Instant TIME = Instant.parse("2026-11-29T03:04:05.12Z");

    @Test
    void line_wholeRecord_isNamesAndValuesInOrder() {
        AccessRecord ended = new AccessRecord(
                TIME,
                new AccessRecord.Request("req_1", "127.0.0.1", "POST", "/api/chat", "chat", "hf.co/user/repo:Q4", "alice"),
                new AccessRecord.Answer(200, "ok", 512),
                new AccessRecord.Timing(Duration.ofNanos(12_345_678), Duration.ofSeconds(2)),
                2,
                Provenance.of(new BackendId("http://localhost:11434"), 2, true)
                        .withQueuedForConnection(Duration.ofMillis(3))
                        .withQueuedForAdmission(Duration.ofMillis(250)));

        assertThat(ended.line())
                .isEqualTo("time=2026-11-29T03:04:05.120Z id=req_1 client=127.0.0.1 method=POST path=/api/chat operation=chat model=hf.co/user/repo:Q4 status=200 outcome=ok bytes=512"
                        + " admission=250.000 queue=3.000 first_frame=12.346 total=2000.000 backend=http://localhost:11434 attempts=2 reused=true key=alice");
    }

    @Test
    void line_nothingKnown_isDashes() {
        AccessRecord refused = new AccessRecord(
                TIME,
                new AccessRecord.Request("req_1", null, null, null, "unknown", null),
                new AccessRecord.Answer(0, "refused_framing", 0),
                AccessRecord.Timing.NONE,
                0,
                null);

        assertThat(refused.line())
                .isEqualTo("time=2026-11-29T03:04:05.120Z id=req_1 client=- method=- path=- operation=unknown model=- status=- outcome=refused_framing bytes=0"
                        + " admission=- queue=- first_frame=- total=0.000 backend=- attempts=0 reused=- key=-");
    }

    @Test
    void json_longName_isCutBetweenCharacters() {
        String name = "m".repeat(255) + "\ud83d\ude00";
        AccessRecord ended = new AccessRecord(
                TIME,
                new AccessRecord.Request("req_1", "127.0.0.1", "POST", "/api/chat", "chat", name),
                new AccessRecord.Answer(200, "ok", 512),
                AccessRecord.Timing.NONE,
                1,
                null);

        assertThat(ended.json()).contains("\"model\":\"" + "m".repeat(255) + "\"");
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
    void line_longValue_isCut() {
        AccessRecord ended = new AccessRecord(
                TIME,
                new AccessRecord.Request("req_1", "127.0.0.1", "GET", "/" + "a".repeat(10_000), "other", null),
                new AccessRecord.Answer(200, "ok", 0),
                AccessRecord.Timing.NONE,
                0,
                null);

        assertThat(ended.line()).contains(" path=/" + "a".repeat(255) + " ");
    }

    @Test
    void json_wholeRecord_hasTheFieldsOfTheLine() {
        AccessRecord ended = new AccessRecord(
                TIME,
                new AccessRecord.Request("req_1", "127.0.0.1", "GET", "/a \"b\"\n", "other", null),
                new AccessRecord.Answer(200, "ok", 512),
                new AccessRecord.Timing(Duration.ofNanos(12_345_678), Duration.ofSeconds(2)),
                0,
                null);

        assertThat(ended.json())
                .isEqualTo("{\"time\":\"2026-11-29T03:04:05.120Z\",\"id\":\"req_1\",\"client\":\"127.0.0.1\",\"method\":\"GET\","
                        + "\"path\":\"/a \\\"b\\\"\\n\",\"operation\":\"other\",\"model\":null,\"status\":200,\"outcome\":\"ok\","
                        + "\"bytes\":512,\"admission\":null,\"queue\":null,\"first_frame\":12.346,\"total\":2000.000,\"backend\":null,\"attempts\":0,"
                        + "\"reused\":null,\"key\":null}");
    }
}
