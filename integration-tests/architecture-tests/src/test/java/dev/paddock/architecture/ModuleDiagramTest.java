package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.architecture.MavenReactor.Module;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The picture must be complete: a rule that is drawn from it knows only what it shows. */
class ModuleDiagramTest {

    private final Map<String, Set<String>> diagram = ModuleDiagram.dependenciesByModule();

    @Test
    void components_areTheModulesOfTheReactor() {
        assertThat(diagram.keySet())
                .isEqualTo(MavenReactor.modules().stream().map(Module::name).collect(Collectors.toSet()));
    }

    @Test
    void arrows_areTheDependenciesOfThePoms() {
        assertThat(diagram)
                .isEqualTo(MavenReactor.modules().stream().collect(Collectors.toMap(Module::name, Module::dependencies)));
    }
}
