package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response without its content coding (RFC 9110, section 8.4). Requests allow {@code identity} only, but some servers and proxies
 * compress all the same: gzip and deflate are decoded, at most 64 MiB of content, so that a small body cannot fill the memory.
 */
final class DecodedResponse implements TransportResponse {

    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_BYTES_AFTER_CONTENT = 64 << 10;
    private static final int FIRST_ERROR = 400;

    private final TransportResponse response;
    private final Headers headers;
    private final String coding;
    private final InputStream content; // confined to the reading thread
    private long count;

    private DecodedResponse(TransportResponse response, Headers headers, String coding, InputStream content) {
        this.response = response;
        this.headers = headers;
        this.coding = coding;
        this.content = content;
    }

    /**
     * Returns a response without a content coding: the same if it has none.
     *
     * <p>An error in another coding keeps its status, and states the coding in place of the body.
     *
     * @throws MalformedResponseException if a success has another coding, or several
     */
    static TransportResponse of(ExchangeRequest request, TransportResponse response) {
        if (!response.headers().contains("Content-Encoding")) {
            return response;
        }
        List<String> codings = response.headers().elements("Content-Encoding").stream()
                .map(coding -> coding.toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.equals("identity"))
                .toList();
        if (codings.isEmpty() || !hasBody(request, response)) {
            return response;
        }
        Headers headers = response.headers().without("Content-Encoding").without("Content-Length");
        String coding = String.join(", ", codings);
        InflatedContent.Format format = InflatedContent.Format.find(coding);
        if (format != null) {
            return new DecodedResponse(response, headers, coding, new InflatedContent(format, new ReceivedBody(response)));
        }
        String message = "the server sent its answer in the content coding " + printable(coding)
                + ", which the request does not allow";
        if (response.status() < FIRST_ERROR) {
            throw malformed(message, null);
        }
        byte[] body = PlainJson.toText(PlainJson.object("error", message)).getBytes(StandardCharsets.UTF_8);
        Headers described = headers.without("Content-Type").with("Content-Type", "application/json");
        return new DecodedResponse(response, described, coding, new ByteArrayInputStream(body));
    }

    @Override
    public int status() {
        return response.status();
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public String protocol() {
        return response.protocol();
    }

    @Override
    public ConnectionUse connection() {
        return response.connection();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            int read = content.read(buffer, offset, length);
            count += Math.max(0, read);
            if (count > MOST_BYTES) {
                throw malformed("the answer is longer than " + MOST_BYTES + " bytes when its " + coding + " is decoded", null);
            }
            return read < 0 ? readEnd() : read;
        } catch (EOFException cut) {
            throw new TruncatedResponseException("the " + coding + " of the answer ends before its end", ErrorFacts.NONE, cut);
        } catch (IOException broken) {
            throw malformed("the answer is not the " + coding + " that it claims to be", broken);
        }
    }

    /** The decoder is not closed here, because another thread may be reading; its memory is freed when it is collected. */
    @Override
    public void close() {
        response.close();
    }

    /** Reads to the end of the body, which releases the connection. */
    private int readEnd() throws IOException {
        content.close();
        byte[] rest = new byte[1024];
        int ignored = 0;
        for (int read = response.read(rest, 0, rest.length); read >= 0; read = response.read(rest, 0, rest.length)) {
            ignored += read;
            if (ignored > MOST_BYTES_AFTER_CONTENT) {
                throw malformed("the answer goes on after the end of its " + coding, null);
            }
        }
        return -1;
    }

    private static MalformedResponseException malformed(String reason, @Nullable Throwable cause) {
        return new MalformedResponseException(reason, reason, ErrorFacts.NONE, cause);
    }

    private static boolean hasBody(ExchangeRequest request, TransportResponse response) {
        return !request.method().equals("HEAD") && response.status() != 204 && response.status() != 304;
    }

    private static String printable(String coding) {
        String clean = coding.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40) + "...";
    }

    /** The body as the transport delivers it. */
    private static final class ReceivedBody extends InputStream {

        private final TransportResponse response;
        private boolean ended;

        private ReceivedBody(TransportResponse response) {
            this.response = response;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** @throws TransportException if the body breaks off */
        @Override
        public int read(byte[] buffer, int offset, int length) {
            int read = ended ? -1 : response.read(buffer, offset, length);
            ended |= read < 0;
            return read;
        }

        /** Returns 1 before the end, so that a decoder of gzip looks for another member behind the first. */
        @Override
        public int available() {
            return ended ? 0 : 1;
        }
    }
}
