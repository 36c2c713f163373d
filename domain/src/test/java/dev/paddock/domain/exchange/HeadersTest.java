package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "x-1", "!#$%&'*+-.^_`|~", "A"})
    void header_nameThatIsAToken_isKeptAsWritten(String name) {
        assertThat(new Header(name, "").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\n", "größe", "a\t", "(a)", "a\u0000", "\"a\""})
    void header_nameThatIsNoToken_isRefused(String name) {
        assertThatThrownBy(() -> new Header(name, "v")).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nX: y", "secret\nx", "secret\rx", "secret\u0000"})
    void header_valueThatBreaksTheHead_isRefusedWithoutRepeatingIt(String value) {
        assertThatThrownBy(() -> new Header("Authorization", value))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("secret");
    }

    @Test
    void header_shown_hidesItsValue() {
        assertThat(new Header("Authorization", "Bearer secret").toString()).doesNotContain("secret");
        assertThat(Headers.of("Authorization", "Bearer secret").toString()).doesNotContain("secret");
    }

    @Test
    void contentLength_announced_isTold() {
        assertThat(Headers.of("content-length", "007").contentLength()).isEqualTo(7);
        assertThat(Headers.of("Content-Length", "999999999999999999").contentLength()).isEqualTo(999_999_999_999_999_999L);
        assertThat(Headers.EMPTY.contentLength()).isEqualTo(Headers.UNKNOWN_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "0x5", "5, 5", "1 ", "5a", "1234567890123456789", "\u0661"})
    void contentLength_thatIsNone_isUnknown(String value) {
        assertThat(Headers.of("Content-Length", value).contentLength()).isEqualTo(Headers.UNKNOWN_LENGTH);
    }

    @Test
    void first_andAll_ignoreTheCaseOfNamesAndKeepTheOrder() {
        Headers headers = Headers.of("Set-Cookie", "a").with("Accept", "x").with("set-cookie", "b");

        assertThat(headers.first("SET-COOKIE")).isEqualTo("a");
        assertThat(headers.all("sEt-cOokie")).containsExactly("a", "b");
        assertThat(headers.contains("accept")).isTrue();
        assertThat(headers.first("Missing")).isNull();
        assertThat(headers.all("Missing")).isEmpty();
        assertThat(headers.fields()).extracting(Header::name).containsExactly("Set-Cookie", "Accept", "set-cookie");
    }

    @Test
    void with_always_leavesTheOriginalAlone() {
        Headers original = Headers.of("a", "1");
        original.with("b", "2");
        original.without("a");

        assertThat(original.fields()).containsExactly(new Header("a", "1"));
    }

    @Test
    void withDefault_fieldPresentOrAbsent_addsOnlyWhatIsMissing() {
        Headers headers = Headers.of("Accept", "mine");

        assertThat(headers.withDefault("ACCEPT", "theirs")).isSameAs(headers);
        assertThat(headers.withDefault("Host", "h").first("host")).isEqualTo("h");
    }

    @Test
    void without_fieldGivenTwice_removesBoth() {
        Headers headers = Headers.of("a", "1").with("b", "2").with("A", "3");

        assertThat(headers.without("a").fields()).containsExactly(new Header("b", "2"));
        assertThat(headers.without("missing")).isSameAs(headers);
    }

    @Test
    void new_listChangedLater_isNotSeen() {
        List<Header> fields = new ArrayList<>(List.of(new Header("a", "1")));
        Headers headers = new Headers(fields);
        fields.clear();

        assertThat(headers.contains("a")).isTrue();
    }
}
