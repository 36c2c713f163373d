package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.domain.exchange.Endpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static final Endpoint HTTPS = new Endpoint(true, "models.example", 443);
    private static final Endpoint HTTP = new Endpoint(false, "models.example", 80);

    private static @Nullable HttpProxy proxy(TestingSources sources, Endpoint server) {
        return sources.load().connections().to(server).proxy();
    }

    private static TestingSources withUrl(String url) {
        return new TestingSources().property("paddock.proxy.url", url);
    }

    @Test
    void load_nothingSet_readsNoVariable() {
        TestingSources sources = new TestingSources()
                .environment("HTTPS_PROXY", "http://proxy:1")
                .environment("http_proxy", "http://proxy:1")
                .environment("ALL_PROXY", "http://proxy:1");

        assertThat(sources.load().connections().proxies()).isEqualTo(ProxySettings.NONE);
    }

    @Test
    void load_url_isTheProxyToAllServersButLocalOnes() {
        TestingSources sources = withUrl("http://proxy:3128");

        assertThat(proxy(sources, HTTPS)).hasToString("http://proxy:3128");
        assertThat(proxy(sources, HTTP)).hasToString("http://proxy:3128");
        assertThat(proxy(sources, new Endpoint(false, "127.0.0.1", 11434))).isNull();
        assertThat(proxy(sources, new Endpoint(false, "localhost", 11434))).isNull();
        assertThat(proxy(sources, new Endpoint(false, "::1", 11434))).isNull();
    }

    @Test
    void load_credentials_comeFromTheUrlOrFromTheirKeys(@TempDir Path directory) {
        HttpProxy expected = HttpProxy.parse("http://user:p%40ss@proxy:3128");

        assertThat(proxy(withUrl("http://user:p%40ss@proxy:3128"), HTTPS)).isEqualTo(expected);
        assertThat(proxy(withUrl("http://other:x@proxy:3128").property("paddock.proxy.user", "user").property("paddock.proxy.password", "p@ss"), HTTPS))
                .isEqualTo(expected);
        assertThat(new TestingSources().file(directory, "paddock.proxy { url = \"http://proxy:3128\", user = user, password = \"p@ss\" }").load().toString())
                .contains("proxy:3128")
                .doesNotContain("p@ss");
    }

    @Test
    void load_ownExceptions_replaceTheUsualOnes(@TempDir Path directory) {
        TestingSources list = new TestingSources().file(directory, "paddock.proxy { url = \"http://proxy:1\", no-proxy = [\".example\", \"10.0.0.0/8\"] }");

        assertThat(proxy(list, HTTPS)).isNull();
        assertThat(proxy(list, new Endpoint(false, "127.0.0.1", 11434))).isNotNull();
        assertThat(proxy(withUrl("http://proxy:1").property("paddock.proxy.no-proxy", "*"), HTTPS)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, true", "https_proxy, true", "HTTP_PROXY, false", "http_proxy, false", "ALL_PROXY, true", "all_proxy, false"
    })
    void load_environmentAllowed_readsTheUsualVariables(String variable, boolean secure) {
        TestingSources sources = new TestingSources()
                .property("paddock.proxy.environment", "true")
                .environment(variable, "user:secret@proxy:3128".replace("user", "http://user"))
                .environment("NO_PROXY", "other.example, 10.0.0.0/8");

        assertThat(proxy(sources, secure ? HTTPS : HTTP)).isEqualTo(HttpProxy.parse("http://user:secret@proxy:3128"));
        assertThat(proxy(sources, new Endpoint(secure, "gpu.other.example", 443))).isNull();
        assertThat(proxy(sources, new Endpoint(secure, "127.0.0.1", 11434))).as("this machine, as by default").isNull();
    }

    @Test
    void load_urlAndEnvironment_theUrlCounts() {
        TestingSources sources = withUrl("http://proxy:1").property("paddock.proxy.environment", "true").environment("HTTPS_PROXY", "http://other:1");

        assertThat(proxy(sources, HTTPS)).hasToString("http://proxy:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@proxy:1", "socks5://user:secret@proxy", "http://user:secret@proxy/path", "http://user:secret@"})
    void load_otherUrl_isReportedWithoutItsCredentials(String url) {
        assertThatThrownBy(() -> withUrl(url).load())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("paddock.proxy.url")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new TestingSources().property("paddock.proxy.environment", "true").environment("HTTP_PROXY", url).load())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("HTTP_PROXY")
                .hasMessageNotContaining("secret");
    }

    @Test
    void load_keysThatDependOnOthers_areReported() {
        assertThatThrownBy(() -> new TestingSources().property("paddock.proxy.user", "user").load()).hasMessageContaining("paddock.proxy.url");
        assertThatThrownBy(() -> withUrl("http://proxy:1").property("paddock.proxy.password", "secret").load())
                .hasMessageContaining("paddock.proxy.user")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> withUrl("http://proxy:1").property("paddock.proxy.no-proxy", "http://x").load())
                .hasMessageContaining("paddock.proxy.no-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:se/cret@proxy:1", "user:se cret@proxy:1", "http://user:se@cret@proxy:1", "//user:secret@proxy"})
    void effective_url_isShownWithoutCredentials(String url) {
        assertThat(withUrl(url).loader().effective(dev.paddock.domain.pool.PoolProfile.DEFAULT))
                .filteredOn(setting -> setting.key().equals("paddock.proxy.url"))
                .singleElement()
                .satisfies(setting -> assertThat(setting.value()).contains("(hidden)@proxy").doesNotContain("user", "cret"));
    }
}
