package dev.paddock.bootstrap.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The complete configuration file in the documentation is made of the files with the defaults. */
class CompleteConfigurationDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "paddock.conf");
    private static final String UPDATE = "paddock.docs.update";
    private static final String HEAD = """
            # A complete configuration file of Paddock: every key of clients and gateways with its default and its description.
            # Copy what you change into application.conf, or name a file with --config or -Dconfig.file (docs/configuration.md).
            # null means: not set. Generated from the files with the defaults: mvn -pl app-bootstrap/gateway -am test
            #   -Dtest=CompleteConfigurationDocumentationTest -Dpaddock.docs.update=true -Dsurefire.failIfNoSpecifiedTests=false

            paddock {
            """;

    @Test
    void document_isMadeOfTheDefaults() throws IOException {
        String expected = HEAD + keysOf("client") + "\n" + keysOf("gateway") + "}\n";
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(DOCUMENT, expected);
        }

        assertThat(Files.readString(DOCUMENT)).as("write it again with -D" + UPDATE + "=true").isEqualTo(expected);
    }

    @Test
    void document_asConfigurationFile_changesNothing() {
        ConfigurationLoader defaults = ConfigurationLoader.ofDefaults();

        assertThat(defaults.withOverrides("test", Map.of("config.file", DOCUMENT.toString())).load()).isEqualTo(defaults.load());
    }

    /** Returns what stands between the outermost braces of the defaults of a module, without empty lines at its ends. */
    private static String keysOf(String module) throws IOException {
        String text = Files.readString(Path.of("..", module, "src", "main", "resources", "reference.conf"));
        String opening = "\npaddock {\n";
        return text.substring(text.indexOf(opening) + opening.length(), text.lastIndexOf("}")).replaceFirst("^\n+", "\n");
    }
}
