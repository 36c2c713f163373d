package dev.paddock.bootstrap.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableTextTest {

    @ParameterizedTest
    @CsvSource({
        "0,0 B", "999,999 B", "1000,1.0 kB",
        "4700000000,4.7 GB", "99949999,99.9 MB", "99950000,100 MB", "999500,1.0 MB",
        "9223372036854775807,9.2 EB"
    })
    void bytes_anyNumber_hasThreeDigitsOrLess(long bytes, String expected) {
        assertThat(ReadableText.bytes(bytes)).isEqualTo(expected);
    }

    @Test
    void digest_long_isCut() {
        assertThat(ReadableText.digest("sha256:0123456789abcdef")).isEqualTo("0123456789ab");
        assertThat(ReadableText.digest("short")).isEqualTo("short");
    }

    @Test
    void table_columns_areAligned() {
        TextTable table = new TextTable(List.of("NAME", "SIZE"), Set.of(1));
        table.addHeading("a heading that is longer than any column");
        table.add("a", "1");
        table.add("longer", "1000");

        assertThat(table.lines())
                .containsExactly(
                        "NAME    SIZE", "a heading that is longer than any column", "a          1", "longer  1000");
    }
}
