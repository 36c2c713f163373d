package dev.paddock.adapters.http.sim.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatorSettingsTest {
    @Test
    void builder_everythingSet_isInTheSettings() {
        List<SimulatedModel> models = List.of(SimulatedModel.named("a"), SimulatedModel.named("b-embed"));

        SimulatorSettings settings = SimulatorSettings.builder().host("127.0.0.1").port(0)
            .connectionCost(Duration.ofMillis(25)).tokenInterval(Duration.ofMillis(3)).promptTime(Duration.ofMillis(4))
            .loadTime(Duration.ofMillis(5)).parallel(2).maxQueue(9).maxLoadedModels(6).keepAlive(Duration.ofMillis(-1))
            .models(models).tokensPerAnswer(7).release(OllamaRelease.OLD).shuffledKeys(true).build();

        assertThat(settings).isEqualTo(new SimulatorSettings(
            "127.0.0.1", 0, Duration.ofMillis(25), Duration.ofMillis(3), Duration.ofMillis(4), Duration.ofMillis(5),
            2, 9, 6, Duration.ofMillis(-1), models, 7, OllamaRelease.OLD, true));
        assertThat(settings.models().get(1).can(ModelCapability.EMBEDDING)).isTrue();
    }

    @Test
    void builder_outOfRange_isNamed() {
        SimulatorSettings.Builder builder = SimulatorSettings.builder();

        assertThatThrownBy(() -> builder.parallel(0).build())
            .isInstanceOf(IllegalArgumentException.class).hasMessage("parallel is out of range");
        assertThatThrownBy(() -> builder.parallel(1).port(70_000).build())
            .isInstanceOf(IllegalArgumentException.class).hasMessage("port is out of range");
        assertThatThrownBy(() -> builder.port(0).loadTime(Duration.ofMillis(-1)).build())
            .isInstanceOf(IllegalArgumentException.class).hasMessage("loadTime must not be negative but is PT-0.001S");
    }
}
