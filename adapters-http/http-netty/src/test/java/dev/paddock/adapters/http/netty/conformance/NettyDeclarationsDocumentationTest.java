package dev.paddock.adapters.http.netty.conformance;

import dev.paddock.tck.transport.StrictCases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NettyDeclarationsDocumentationTest {

    @Test
    void transportsPage_table_agreesWithTheDeclarations() {
        StrictCases.assertDocumented(
                Path.of("../../docs/transports.md"), "netty", new NettyConformance() {}.unsupported());
    }
}
