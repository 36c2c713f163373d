package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.StrictCases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OkHttpDeclarationsDocumentationTest {

    @Test
    void transportsPage_table_agreesWithTheDeclarations() {
        StrictCases.assertDocumented(
                Path.of("../../docs/transports.md"), "okhttp", new OkHttpConformance() {}.unsupported());
    }
}
