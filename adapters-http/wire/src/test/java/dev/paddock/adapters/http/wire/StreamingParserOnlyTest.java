package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A line of tokens costs no reflection: nothing here can bind JSON to types, or looks at types at all. */
class StreamingParserOnlyTest {

    @Test
    void classPath_hasNoDataBinding() {
        assertThatThrownBy(() -> Class.forName("com.fasterxml.jackson.databind.ObjectMapper"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void classes_mentionNoReflection() throws IOException, URISyntaxException {
        Path classes = Path.of(Dialect.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> ours = files.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(ours).hasSizeGreaterThan(30).noneMatch(StreamingParserOnlyTest::looksAtTypes);
        }
    }

    private static boolean looksAtTypes(Path file) {
        try {
            String constants = Files.readString(file, ISO_8859_1);
            return Stream.of("java/lang/reflect/", "jackson/databind", "getDeclared").anyMatch(constants::contains);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
