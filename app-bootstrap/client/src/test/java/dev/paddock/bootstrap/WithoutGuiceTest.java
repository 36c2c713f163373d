package dev.paddock.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.model.generation.ChatRequest;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Only an application that uses {@link PaddockModule} needs Guice and what Guice needs. */
class WithoutGuiceTest {

    @Test
    void build_noGuiceOnTheClassPath_answers() throws Exception {
        try (OllamaSimulator simulator = OllamaSimulator.start();
                URLClassLoader loader = new URLClassLoader(classPathWithoutGuice(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("com.google.inject.Injector")).isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> loader.loadClass("com.google.common.base.Preconditions"))
                    .isInstanceOf(ClassNotFoundException.class);

            assertThat(ask(loader, simulator.baseUrl())).isNotEmpty();
        }
    }

    /** The parser of HOCON costs a third of the start of a client, and is needed only for files. */
    @Test
    void build_noFileOnTheClassPath_answersWithoutTheParser() throws Exception {
        try (OllamaSimulator simulator = OllamaSimulator.start();
                URLClassLoader loader = new URLClassLoader(classPathWithoutGuice(), ClassLoader.getPlatformClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        if (name.startsWith("com.typesafe.config.impl.")) {
                            throw new ClassNotFoundException(name);
                        }
                        return super.loadClass(name, resolve);
                    }
                }) {
            assertThat(ask(loader, simulator.baseUrl())).isNotEmpty();
        }
    }

    @SuppressWarnings("unchecked") // the type of an interface of the JDK, which both loaders share
    private static String ask(ClassLoader loader, String baseUrl) throws ReflectiveOperationException {
        Class<?> question = loader.loadClass(Question.class.getName());
        assertThat(question).isNotSameAs(Question.class);
        Function<String, String> instance =
                (Function<String, String>) question.getDeclaredConstructor().newInstance();
        return instance.apply(baseUrl);
    }

    private static URL[] classPathWithoutGuice() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*[/\\\\](guice|guava|failureaccess|jakarta.inject-api|aopalliance)-[^/\\\\]*\\.jar"))
                .map(WithoutGuiceTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs in the class loader without Guice. */
    public static final class Question implements Function<String, String> {

        @Override
        public String apply(String baseUrl) {
            try (Paddock paddock = Paddock.builder()
                    .configuration(ConfigurationLoader.ofDefaults())
                    .set("paddock.base-url", baseUrl)
                    .build()) {
                return paddock.llm().chat(ChatRequest.of("llama3.2", "Why is the sky blue?")).text();
            }
        }
    }
}
