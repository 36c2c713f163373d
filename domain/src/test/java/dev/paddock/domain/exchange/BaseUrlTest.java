package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:11434, http://127.0.0.1:11434",
        "http://127.0.0.1:11434/, http://127.0.0.1:11434",
        "http://127.0.0.1:11434///, http://127.0.0.1:11434",
        "'  http://localhost:11434\t', http://localhost:11434",
        "HTTP://LocalHost:8080, http://localhost:8080",
        "http://example.org, http://example.org:80",
        "https://example.org, https://example.org:443",
        "https://example.org:8443/, https://example.org:8443",
        "http://example.org/ollama, http://example.org:80/ollama",
        "http://example.org/ollama/, http://example.org:80/ollama",
        "http://example.org:1/a/b/c//, http://example.org:1/a/b/c",
        "http://example.org/Case/Stays, http://example.org:80/Case/Stays",
        "http://example.org/%7Ename, http://example.org:80/%7Ename",
        "http://[::1]:11434, http://[::1]:11434",
        "http://[::1], http://[::1]:80",
        "https://[2001:DB8::1]/v1, https://[2001:db8::1]:443/v1",
        "http://model_server:11434, http://model_server:11434",
        "http://a:1, http://a:1",
        "http://a:65535, http://a:65535",
        "http://a:00080, http://a:80",
    })
    void parse_validUrl_isNormalised(String url, String expected) {
        assertThat(BaseUrl.parse(url)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:11434",
                "127.0.0.1:11434/api",
                "://a:1",
                "ftp://a:1",
                "httpss://a:1",
                "unix:///var/run/a.sock",
                "http:/a:1",
                "http://",
                "http:///path",
                "http://:11434",
                "http://a:",
                "http://a:0",
                "http://a:65536",
                "http://a:99999",
                "http://a:100000",
                "http://a:-1",
                "http://a:+1",
                "http://a:1x",
                "http://a: 1",
                "http://a:\u0661",
                "http://a:1?x=y",
                "http://a:1/path?x=y",
                "http://a:1/#part",
                "http://::1",
                "http://::1:11434",
                "http://a:1:2",
                "http://[]",
                "http://[]:1",
                "http://[::1",
                "http://::1]",
                "http://[::1]x",
                "http://[::1]x:1",
                "http://x[::1]:1",
                "http://a b:1",
                "http://a\tb:1",
                "http://a\r\nHost: b:1",
                "http://a:1/with space",
                "http://a:1/line\r\nbreak",
                "http://a:1/größe",
                "http://a:1/back\\slash",
                "http://a\\b:1",
                "http://a%zz@b:1"
            })
    void parse_invalidUrl_isRefused(String url) {
        assertThatThrownBy(() -> BaseUrl.parse(url))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:hunter2@a:1",
                "http://user:hunter2@a:1/path",
                "https://hunter2@a",
                "http://user:hunter2@[::1]:1",
                "http://user:hunter2@",
                "http://user:hunter2@a:bad",
                "ftp://user:hunter2@a:1",
                "http://user:hunter2@a:1?x=y",
                "http://user:hunter2/@a:1",
                "http://user:hunter2/part@a:1",
                "http://user:hunter2\\@a:1",
                "http://user:hunter2 @a:1",
                "user:hunter2@a:1",
                "http://hunter2]:x@y:1"
            })
    void parse_credentials_areRefusedAndNeverRepeated(String url) {
        assertThatThrownBy(() -> BaseUrl.parse(url))
                .isInstanceOf(InvalidRequestException.class)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a:1, /api/chat, /api/chat",
        "http://a:1/, /api/chat, /api/chat",
        "http://a:1/ollama, /api/chat, /ollama/api/chat",
        "http://a:1/ollama/, /api/chat?x=y, /ollama/api/chat?x=y",
    })
    void resolve_path_followsThePrefixWithOneSlash(String url, String target, String expected) {
        assertThat(BaseUrl.parse(url).resolve(target)).isEqualTo(expected);
    }

    @Test
    void parse_sameServerWrittenDifferently_isEqual() {
        assertThat(BaseUrl.parse("http://EXAMPLE.org/")).isEqualTo(BaseUrl.parse("http://example.org:80"));
        assertThat(BaseUrl.parse("http://example.org")).isNotEqualTo(BaseUrl.parse("https://example.org:80"));
    }

    @Test
    void new_pathWithoutASlash_isRefused() {
        Endpoint endpoint = new Endpoint(false, "a", 1);

        assertThatThrownBy(() -> new BaseUrl(endpoint, "api")).isInstanceOf(InvalidRequestException.class);
        assertThat(new BaseUrl(endpoint, "/").path()).isEmpty();
    }
}
