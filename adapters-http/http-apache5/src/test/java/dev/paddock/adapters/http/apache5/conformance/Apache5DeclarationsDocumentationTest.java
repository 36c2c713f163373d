package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.StrictCases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class Apache5DeclarationsDocumentationTest {

    @Test
    void transportsPage_table_agreesWithTheDeclarations() {
        StrictCases.assertDocumented(
                Path.of("../../docs/transports.md"), "apache5", new Apache5Conformance() {}.unsupported());
    }
}
