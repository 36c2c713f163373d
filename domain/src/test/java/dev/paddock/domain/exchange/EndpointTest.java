package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "false, LOCALHOST, 11434, http, localhost:11434, http://localhost:11434",
        "true, example.org, 443, https, example.org:443, https://example.org:443",
        "false, ::1, 1, http, [::1]:1, http://[::1]:1",
        "false, FE80::1%eth0, 65535, http, [fe80::1%eth0]:65535, http://[fe80::1%eth0]:65535"
    })
    void endpoint_valid_knowsItsParts(
            boolean secure, String host, int port, String scheme, String authority, String url) {
        Endpoint endpoint = new Endpoint(secure, host, port);

        assertThat(endpoint.scheme()).isEqualTo(scheme);
        assertThat(endpoint.authority()).isEqualTo(authority);
        assertThat(endpoint).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a?b", "a#b", "a@b", "[::1]", "a\\b", "a\r\nb", "a\u0000b"})
    void new_hostThatIsNone_isRefused(String host) {
        assertThatThrownBy(() -> new Endpoint(false, host, 1)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536, Integer.MAX_VALUE})
    void new_portOutOfRange_isRefused(int port) {
        assertThatThrownBy(() -> new Endpoint(false, "a", port))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("between 1 and 65535");
    }

    @Test
    void new_hostInUpperCase_isTheSamePoolKeyInEveryLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr")); // where the small I has no dot
        try {
            assertThat(new Endpoint(false, "MINI", 1)).isEqualTo(new Endpoint(false, "mini", 1));
        } finally {
            Locale.setDefault(before);
        }
    }
}
