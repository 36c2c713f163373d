package dev.paddock.bootstrap.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.bench.load.ArrivalProcess.ConstantArrivals;
import dev.paddock.bootstrap.bench.load.ArrivalProcess.PoissonArrivals;
import java.time.Duration;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalLogTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "0\n0.25\n1.5",
        "10.0,chat\n10.25,chat\n11.5,embed",
        "seconds;operation\n0;chat\n0.25;chat\n1.5;chat",
        "1764439200000 a\n1764439200250 b\n1764439201500 c",
        "1764439200000000 a\n1764439200250000 b\n1764439201500000 c",
        "{\"ts\": 1764439200000000000}\n{\"ts\": 1764439200250000000}\n1764439201500000000 c",
        "2026-11-29T18:00:00Z a\n2026-11-29T18:00:00.25Z b\n2026-11-29T19:00:01.5+01:00 c",
        "2026-11-29 18:00:00,000 INFO a\n2026-11-29 18:00:00,250 INFO b\n2026-11-29 18:00:01,500 INFO c",
        "# a comment\n{\"time\": 3}\n\n{\"ts\": 3.25}\n{\"timestamp\": \"4.5\"}",
        "{\"@timestamp\":\"2026-11-29T18:00:01.500Z\"}\n{\"time\":\"2026-11-29T18:00:00Z\"}\n{\"time\":\"2026-11-29T18:00:00.25+0000\"}",
        "{\"time\":\"2026-11-29T18:00:01Z\",\"outcome\":\"ok\",\"total\":1000}\n"
                + "{\"time\":\"2026-11-29T18:00:00.250Z\",\"outcome\":\"ok\",\"total\":0}\n"
                + "{\"time\":\"2026-11-29T18:00:02Z\",\"outcome\":\"ok\",\"total\":500}",
        "time=2026-11-29T18:00:00.100Z id=a total=100 x=y\ntime=2026-11-29T18:00:00.250Z total=-\ntime=2026-11-29T18:00:02Z id=c total=500",
    })
    void times_ofAnyFormat_countFromTheFirst(String log) {
        assertThat(ArrivalLog.read(log).times())
                .containsExactly(Duration.ZERO, Duration.ofMillis(250), Duration.ofMillis(1500));
    }

    @Test
    void times_ofAWebServer_areRead() {
        String log = """
                10.0.0.1 - - [29/Nov/2026:18:00:00 +0000] "POST /api/chat HTTP/1.1" 200 17
                10.0.0.1 - - [29/Nov/2026:19:00:03 +0100] "POST /api/chat HTTP/1.1" 200 17
                """;

        assertThat(ArrivalLog.read(log).times()).containsExactly(Duration.ZERO, Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\nsoon\n2", "0\n{\"when\": 1}", "0\n{\"time\":", "0\n2026-13-45T00:00:00Z", "0\n-1", "0\n[29/Foo/2026:18:00:00 +0000]"})
    void line_withoutATime_isNamed(String log) {
        assertThatThrownBy(() -> ArrivalLog.read(log)).hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing", "titles only"})
    void log_withoutATime_isRefused(String log) {
        assertThatThrownBy(() -> ArrivalLog.read(log)).hasMessageContaining("no times");
    }

    @Test
    void constant_arrivals_areEvenlySpaced() {
        PrimitiveIterator.OfLong offsets = new ConstantArrivals(4).offsets();

        assertThat(new long[] {offsets.nextLong(), offsets.nextLong(), offsets.nextLong()}).containsExactly(0, 250_000_000, 500_000_000);
    }

    @Test
    void poisson_arrivals_haveTheRateAndTheVarianceOfIndependentUsersAndAreAlwaysTheSame() {
        PrimitiveIterator.OfLong offsets = new PoissonArrivals(10).offsets();
        PrimitiveIterator.OfLong again = new PoissonArrivals(10).offsets();
        int number = 20_000;
        double sum = 0;
        double squares = 0;
        long before = 0;
        for (int index = 0; index < number; index++) {
            long offset = offsets.nextLong();
            assertThat(offset).isGreaterThanOrEqualTo(before).isEqualTo(again.nextLong());
            double gap = (offset - before) / 1e9;
            sum += gap;
            squares += gap * gap;
            before = offset;
        }
        double mean = sum / number;

        assertThat(mean).isBetween(0.097, 0.103);
        assertThat(Math.sqrt(squares / number - mean * mean) / mean).isBetween(0.95, 1.05); // 1 for exponential gaps, 0 for equal ones
    }
}
