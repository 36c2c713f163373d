package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.StrictCases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JdkDeclarationsDocumentationTest {

    @Test
    void transportsPage_table_agreesWithTheDeclarations() {
        StrictCases.assertDocumented(
                Path.of("../../docs/transports.md"), "jdk", new JdkConformance() {}.unsupported());
    }
}
