package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import java.io.ByteArrayOutputStream;
import java.util.Objects;

/** Reads what a server says in the body of an answer that is no success. */
final class ErrorText {

    private static final int ENOUGH = 64 << 10;

    private ErrorText() {}

    /**
     * Returns the server's words, empty when it has none. A body of up to 64 KiB is read to its end, so that the
     * connection can be used again; of a longer one, or one that breaks off, the beginning will do, because the status
     * is the failure.
     *
     * @throws LlmException if the caller cancelled the call or closed the client meanwhile
     */
    static String read(Exchange exchange) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (Frame frame = exchange.next(); frame != null && body.size() < ENOUGH; frame = exchange.next()) {
                body.write(frame.bytes(), 0, Math.min(frame.bytes().length, ENOUGH - body.size()));
            }
        } catch (CallCancelledException | ClientClosedException stopped) {
            throw stopped;
        } catch (GenerationFailedException failure) {
            return Objects.requireNonNullElse(failure.getMessage(), ""); // a layer further in has read it already
        } catch (LlmException broken) {
            return ErrorBodyParser.message(body.toByteArray(), "");
        }
        return ErrorBodyParser.message(body.toByteArray(), "");
    }
}
