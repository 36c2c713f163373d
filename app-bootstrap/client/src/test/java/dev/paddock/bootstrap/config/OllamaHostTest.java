package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaHostTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                         | http://127.0.0.1:11434",
                "` `                        | http://127.0.0.1:11434",
                "`\"\"`                     | http://127.0.0.1:11434",
                "1.2.3.4                    | http://1.2.3.4:11434",
                ":1234                      | http://127.0.0.1:1234",
                "1.2.3.4:1234               | http://1.2.3.4:1234",
                "1.2.3.4:                   | http://1.2.3.4:11434",
                ":66000                     | http://127.0.0.1:11434",
                ":-1                        | http://127.0.0.1:11434",
                "host:99999999999           | http://host:11434",
                "host:abc                   | http://host:11434",
                "https://host:abc           | https://host:443",
                "example.com                | http://example.com:11434",
                "Example.com:5678           | http://example.com:5678",
                "http://1.2.3.4             | http://1.2.3.4:80",
                "HTTP://1.2.3.4             | http://1.2.3.4:80",
                "http://1.2.3.4:4321        | http://1.2.3.4:4321",
                "https://1.2.3.4            | https://1.2.3.4:443",
                "http://                    | http://127.0.0.1:80",
                "https://example.com/ollama | https://example.com:443/ollama",
                "example.com/a/b/           | http://example.com:11434/a/b",
                ":8080/prefix               | http://127.0.0.1:8080/prefix",
                "::1                        | http://[::1]:11434",
                "[::1]                      | http://[::1]:11434",
                "[::1]:1337                 | http://[::1]:1337",
                "[fe80::1%eth0]:1           | http://[fe80::1%eth0]:1",
                "https://[2001:db8::1]      | https://[2001:db8::1]:443",
                "` 1.2.3.4 `                | http://1.2.3.4:11434",
                "`\"1.2.3.4\"`              | http://1.2.3.4:11434",
                "`\" 1.2.3.4 \"`            | http://1.2.3.4:11434",
                "`'1.2.3.4'`                | http://1.2.3.4:11434",
                "ollama.com                 | https://ollama.com:443",
                "0.0.0.0                    | http://127.0.0.1:11434",
                "0.0.0.0:8080               | http://127.0.0.1:8080",
                "http://0.0.0.0             | http://127.0.0.1:80",
                "::                         | http://[::1]:11434",
                "[::]:8080                  | http://[::1]:8080",
                "[0:0:0:0:0:0:0:0]:1        | http://[::1]:1"
            })
    void load_hostSet_meansTheBaseUrl(String value, String expected) {
        PaddockSettings settings =
                new TestingSources().environment("OLLAMA_HOST", value).load();

        assertThat(settings.server().baseUrl()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user:secret@host",
                "http://user:secret@host:1/path",
                "http://user:secret/x@host",
                "ftp://secret",
                "http://host?secret",
                "host:0",
                "a:b:c",
                "ho st",
                "[::1"
            })
    void load_hostNotUsable_isReportedWithTheNameOfTheVariable(String value) {
        TestingSources sources = new TestingSources().environment("OLLAMA_HOST", value);

        assertThatThrownBy(sources::load).isInstanceOfSatisfying(ConfigurationException.class, failure -> {
            assertThat(failure.problems()).hasSize(1);
            assertThat(failure.getMessage())
                    .contains("paddock.base-url", "environment variable OLLAMA_HOST")
                    .doesNotContain("secret");
        });
    }
}
