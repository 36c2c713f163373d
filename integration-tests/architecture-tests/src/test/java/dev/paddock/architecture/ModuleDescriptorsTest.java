package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.LlmException;
import dev.paddock.ports.llm.LlmPort;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The compiler proves the purity of the core, as long as the module descriptors ask for nothing (ADR-10). */
class ModuleDescriptorsTest {

    @Test
    void domain_requiresNothingAtRunTime() throws URISyntaxException {
        assertThat(requirements(descriptorOf(LlmException.class))).containsExactlyInAnyOrder("static org.jspecify");
    }

    @Test
    void ports_requireTheDomainOnly() throws URISyntaxException {
        assertThat(requirements(descriptorOf(LlmPort.class)))
                .containsExactlyInAnyOrder("static org.jspecify", "dev.paddock.domain");
    }

    @Test
    void requirements_ofAModuleThatAsksForMore_areSeen() {
        ModuleDescriptor sabotaged = ModuleDescriptor.newModule("dev.paddock.domain").requires("java.sql").build();
        assertThat(requirements(sabotaged)).containsExactly("java.sql");
    }

    private static ModuleDescriptor descriptorOf(Class<?> type) throws URISyntaxException {
        Path location = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(location).findAll().iterator().next().descriptor();
    }

    private static Set<String> requirements(ModuleDescriptor descriptor) {
        return descriptor.requires().stream()
                .filter(requires -> !requires.name().equals("java.base"))
                .map(ModuleDescriptorsTest::written)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String written(Requires requires) {
        boolean onlyCompiling = requires.modifiers().contains(Requires.Modifier.STATIC);
        return (onlyCompiling ? "static " : "") + requires.name();
    }
}
