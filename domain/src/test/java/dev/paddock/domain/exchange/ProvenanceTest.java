package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {

    private static final BackendId BACKEND = new BackendId("gpu-1");

    @Test
    void of_answerOfAServer_hasWaitedForNothing() {
        assertThat(Provenance.of(BACKEND, 2, true))
                .isEqualTo(new Provenance(Provenance.Source.BACKEND, BACKEND, 2, true, Duration.ZERO, null));
    }

    @Test
    void with_eachPart_changesThatPartOnly() {
        Provenance changed = Provenance.of(BACKEND, 1, true)
                .withSource(Provenance.Source.COALESCED)
                .withAttempts(3)
                .withQueuedForConnection(Duration.ofMillis(1))
                .withQueuedForAdmission(Duration.ofMillis(2));

        assertThat(changed).isEqualTo(new Provenance(
                Provenance.Source.COALESCED, BACKEND, 3, true, Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    @Test
    void backendId_ofABaseUrl_isItsText() {
        BackendId backend = BackendId.of(BaseUrl.parse("http://LOCALHOST:11434/base/"));

        assertThat(backend).isEqualTo(new BackendId("http://localhost:11434/base")).hasToString("http://localhost:11434/base");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u007f"})
    void backendId_withBlanksOrNothing_isRefused(String name) {
        assertThatThrownBy(() -> new BackendId(name)).isInstanceOf(InvalidRequestException.class);
    }
}
