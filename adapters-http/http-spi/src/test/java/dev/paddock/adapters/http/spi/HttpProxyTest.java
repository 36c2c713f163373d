package dev.paddock.adapters.http.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProxyTest {

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, http://proxy:3128",
        "proxy:3128, http://proxy:3128",
        "http://Proxy.Example/, http://proxy.example:80",
        "HTTP://[::1]:8080, http://[::1]:8080",
        "'  http://10.0.0.1:1  ', http://10.0.0.1:1"
    })
    void parse_url_isThePlaceOfTheProxy(String url, String expected) {
        assertThat(HttpProxy.parse(url)).hasToString(expected);
        assertThat(HttpProxy.parse(url).authorization()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@proxy:3128, Basic dXNlcjpzZWNyZXQ=",
        "user:secret@proxy:3128, Basic dXNlcjpzZWNyZXQ=",
        "http://user@proxy, Basic dXNlcjo=",
        "http://a%40b:p%3Aw%2B+%C3%B6@proxy, Basic YUBiOnA6dysrw7Y=",
        "http://user:p@ss@proxy:3128, Basic dXNlcjpwQHNz"
    })
    void parse_credentials_areSentAsBasicAndNeverShown(String url, String authorization) {
        HttpProxy proxy = HttpProxy.parse(url);

        assertThat(proxy.authorization()).isEqualTo(authorization);
        assertThat(proxy.toString() + proxy.credentials()).doesNotContain("user", "secret", "a@b", "p@ss");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://proxy:3128", "socks5://proxy:1080", "", "http://", "http://proxy:0", "http://proxy:x", "http://proxy/path", "http://proxy?x",
        "http://user:secret%@proxy", "http://:secret@proxy", "http://user%3A:secret@proxy", "http://user:secret%0A@proxy", "http://secret@:1"
    })
    void parse_otherUrl_isRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> HttpProxy.parse(url)).isInstanceOf(InvalidRequestException.class).hasMessageNotContaining("secret");
    }

    @Test
    void equals_sameProxyOtherCredentials_isAnotherOne() {
        HttpProxy plain = new HttpProxy(new Endpoint(false, "proxy", 3128));

        assertThat(plain.withCredentials(new HttpProxy.Credentials("a", "b"))).isNotEqualTo(plain).isEqualTo(HttpProxy.parse("http://a:b@proxy:3128"));
    }
}
