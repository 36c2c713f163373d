package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

/**
 * The head of an answer. Any status is an answer: a 404 has a head and is not thrown.
 *
 * @param status the HTTP status, 200 to 599
 * @param headers the fields as the server sent them
 * @param framing how the body is divided into frames; of a stream only known for certain when its first frame has been read
 * @param provenance how the answer came about
 */
public record ExchangeHead(int status, Headers headers, Framing framing, Provenance provenance) {

    public ExchangeHead {
        requireNonNull(headers, "headers");
        requireNonNull(framing, "framing");
        requireNonNull(provenance, "provenance");
    }

    /** Returns this head with the given provenance. */
    public ExchangeHead withProvenance(Provenance newProvenance) {
        return new ExchangeHead(status, headers, framing, newProvenance);
    }

    /** Returns this head with the given framing. */
    public ExchangeHead withFraming(Framing newFraming) {
        return new ExchangeHead(status, headers, newFraming, provenance);
    }

    /** Returns whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
