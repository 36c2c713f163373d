package dev.paddock.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.error.LlmException;
import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.llm.LlmPort;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void policies_requireTheCoreOnly() throws URISyntaxException {
        assertThat(requirements(descriptorOf(AdmissionSettings.class)))
                .containsExactlyInAnyOrder("static org.jspecify", "dev.paddock.domain");
        assertThat(requirements(descriptorOf(AdmissionPort.class)))
                .containsExactlyInAnyOrder("static org.jspecify", "dev.paddock.domain.policies", "dev.paddock.ports");
    }

    @Test
    void requirements_ofAModuleThatAsksForMore_areSeen() {
        ModuleDescriptor sabotaged = ModuleDescriptor.newModule("dev.paddock.domain").requires("java.sql").build();
        assertThat(requirements(sabotaged)).containsExactly("java.sql");
    }

    @Test
    void moduleThatRequiresTheDomain_compilesWithNothingElseOnItsPath(@TempDir Path directory) throws Exception {
        assertCompiles(
                directory,
                "module user { requires dev.paddock.domain; }",
                """
                import dev.paddock.domain.error.LlmException;
                import dev.paddock.domain.exchange.CallAttributes;
                import dev.paddock.domain.exchange.CallContext;

                class User {
                    static Object backend(LlmException failure) {
                        return failure.facts().backend() == null
                                ? CallContext.create().get(CallAttributes.CALLER)
                                : failure.facts().phase();
                    }
                }
                """,
                LlmException.class);
    }

    @Test
    void moduleThatRequiresThePorts_compilesWithTheCoreOnItsPath(@TempDir Path directory) throws Exception {
        assertCompiles(
                directory,
                "module user { requires dev.paddock.ports; }",
                """
                import dev.paddock.domain.model.generation.ChatRequest;
                import dev.paddock.ports.llm.LlmPort;

                class User {
                    static String ask(LlmPort port, ChatRequest request) {
                        return port.chat(request).message().content();
                    }
                }
                """,
                LlmException.class,
                LlmPort.class);
    }

    /** Compiles a module against the classes of other modules, which are named by one of their types. */
    private static void assertCompiles(Path directory, String module, String type, Class<?>... required) throws Exception {
        Path descriptor = Files.writeString(directory.resolve("module-info.java"), module);
        Path source = Files.writeString(directory.resolve("User.java"), "package user;\n" + type);
        String path = Stream.of(required).map(ModuleDescriptorsTest::location).collect(Collectors.joining(File.pathSeparator));
        StringWriter output = new StringWriter();

        int status = ToolProvider.findFirst("javac").orElseThrow().run(
                new PrintWriter(output), new PrintWriter(output), "--class-path", directory.toString(), "--module-path", path, "-Xlint:all", "-Werror", "-d",
                directory.resolve("classes").toString(), descriptor.toString(), source.toString());

        assertThat(status).as(output.toString()).isZero();
    }

    private static String location(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getPath();
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
