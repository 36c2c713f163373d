package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.exchange.Endpoint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoProxyListTest {

    @ParameterizedTest
    @CsvSource({
        "*, any.example, 80, true",
        "example.com, example.com, 80, true",
        "Example.COM, gpu.EXAMPLE.com, 80, true",
        "example.com, badexample.com, 80, false",
        "example.com, example.com.evil.org, 80, false",
        "example.com, example.com., 80, true",
        "example.com., gpu.example.com, 80, true",
        "example.com.:8443, example.com, 8443, true",
        "fe80::/10, fe80::1%eth0, 80, true",
        ".example.com, example.com, 80, false",
        ".example.com, gpu.example.com, 80, true",
        "*.example.com, gpu.example.com, 80, true",
        "*.example.com, example.com, 80, false",
        "localhost, localhost, 11434, true",
        "example.com:8443, example.com, 8443, true",
        "example.com:8443, example.com, 443, false",
        "10.0.0.1, 10.0.0.1, 80, true",
        "10.0.0.1, 10.0.0.10, 80, false",
        "10.0.0.1:80, 10.0.0.1, 81, false",
        "10.0.0.0/8, 10.255.1.2, 80, true",
        "10.0.0.0/8, 11.0.0.1, 80, false",
        "10.1.2.3/8, 10.9.9.9, 80, true",
        "0.0.0.0/0, 8.8.8.8, 80, true",
        "0.0.0.0/0, example.com, 80, false",
        "127.0.0.0/8, 127.0.0.1, 80, true",
        "::1, ::1, 80, true",
        "::1, 0:0:0:0:0:0:0:1, 80, true",
        "[::1]:11434, ::1, 11434, true",
        "[::1]:11434, ::1, 80, false",
        "fd00::/8, fd12:3456::1, 80, true",
        "fd00::/8, fe80::1, 80, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, 80, true",
        "10.0.0.1, 10.0.0.1.example.com, 80, false"
    })
    void contains_server_matchesAsInTheUsualVariable(String element, String host, int port, boolean expected) {
        assertThat(NoProxyList.of(List.of("other.test", element)).contains(new Endpoint(true, host, port))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://example.com", "10.0.0.0/33", "10.0.0.0/x", "example.com/8", "::1/129", "example.com:", "example.com:x", "[example.com]", "[::1",
        "a b", "user@example.com", "", "example.com:0"
    })
    void of_elementWithoutMeaning_isRefused(String element) {
        assertThatThrownBy(() -> NoProxyList.of(List.of(element))).isInstanceOf(IllegalArgumentException.class);
    }
}
