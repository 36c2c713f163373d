package dev.paddock.adapters.http.gateway.operations;

import java.io.IOException;
import java.io.OutputStream;

/** The measurements of this instant as a page in Prometheus' text format 0.0.4. Implementations are thread-safe. */
@FunctionalInterface
public interface MetricsPage {

    /**
     * Writes the page in UTF-8. The stream stays open.
     *
     * @throws IOException if the stream takes no more
     */
    void writeTo(OutputStream stream) throws IOException;
}
