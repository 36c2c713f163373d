package dev.paddock.adapters.http.server.decoding;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.badRequestUnless;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.ByteProcessor;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bytes of a head, or of trailers, after Netty's decoder has consumed them. It refuses what the decoder repairs or
 * ignores: several spaces in the request line, folded lines, line ends of one character, control characters, an unlimited number of
 * header fields (RFC 9112, sections 2.2, 3 and 5). It keeps its state between calls, since a head may arrive in parts.
 */
final class HeadScanner implements ByteProcessor {

    private static final int SPACES_IN_REQUEST_LINE = 2;
    private static final int MAX_NAME_LENGTH = 256;
    private static final String VERSION = "HTTP/#.#"; // # is a digit; the decoder ignores the case

    /** Trailers that would change framing or routing (RFC 9110, section 6.5.1). Other trailers are dropped. */
    private static final Set<String> FORBIDDEN_TRAILERS =
            Set.of("content-length", "transfer-encoding", "host", "connection", "trailer", "upgrade", "expect");

    /** The position of the next byte in a head. */
    private enum Position {
        BEFORE_REQUEST_LINE,
        REQUEST_LINE,
        LINE_START,
        NAME,
        VALUE
    }

    private final int maxFields;
    private Position position = Position.BEFORE_REQUEST_LINE;
    private boolean afterCarriageReturn;
    private boolean afterSpace;
    private boolean afterEmptyLine;
    private int spaces;
    private int versionLength;
    private int fields;
    private @Nullable StringBuilder trailerName; // null unless these are trailers

    HeadScanner(int maxFields) {
        this.maxFields = maxFields;
    }

    /** Expects trailers from now on, until the line that ends them. */
    void beginTrailers() {
        position = Position.LINE_START;
        trailerName = new StringBuilder();
    }

    /** Returns whether a head has begun and is not complete. */
    boolean isInsideHead() {
        return position != Position.BEFORE_REQUEST_LINE || afterCarriageReturn || afterEmptyLine;
    }

    /** Returns whether the next byte is the first of a request line, or stands in an empty line before it. */
    boolean isBeforeRequestLine() {
        return position == Position.BEFORE_REQUEST_LINE;
    }

    @Override
    public boolean process(byte value) {
        int octet = Byte.toUnsignedInt(value);
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            badRequestUnless(octet == '\n', "a carriage return stands alone");
            endLine();
            return true;
        }
        if (octet == '\r') {
            afterCarriageReturn = true;
            return true;
        }
        badRequestUnless(octet != '\n', "a line feed stands alone");
        switch (position) {
            case BEFORE_REQUEST_LINE, REQUEST_LINE -> requestLine(octet);
            case LINE_START, NAME -> name(octet);
            case VALUE -> badRequestUnless(Octets.isFieldCharacter(octet),
                    "a header field holds a control character");
        }
        return true;
    }

    private void requestLine(int octet) {
        position = Position.REQUEST_LINE;
        badRequestUnless(octet >= ' ' && octet < Octets.DELETE,
                "the request line holds a character that is not allowed there");
        boolean space = octet == ' ';
        if (space) {
            spaces++;
            badRequestUnless(!afterSpace && spaces <= SPACES_IN_REQUEST_LINE, "the request line has a space too many");
        } else if (spaces == SPACES_IN_REQUEST_LINE) {
            badRequestUnless(isVersion(octet), "the request line does not end in a version of HTTP");
            versionLength++;
        }
        afterSpace = space;
    }

    private boolean isVersion(int octet) {
        if (versionLength == VERSION.length()) {
            return false;
        }
        char expected = VERSION.charAt(versionLength);
        return expected == '#' ? octet >= '0' && octet <= '9' : octet == expected;
    }

    private void name(int octet) {
        if (position == Position.LINE_START) {
            badRequestUnless(octet != ' ' && octet != '\t', "a line of the head begins with white space");
            badRequestUnless(octet != ':', "a header field has no name");
            position = Position.NAME;
        }
        if (octet == ':') {
            position = Position.VALUE;
            countField();
            return;
        }
        badRequestUnless(Octets.isTokenCharacter(octet),
                "the name of a header field holds a character that is not allowed there");
        if (trailerName != null && trailerName.length() < MAX_NAME_LENGTH) {
            trailerName.append((char) octet);
        }
    }

    private void countField() {
        fields++;
        if (fields > maxFields) {
            throw new RefusedRequestException(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the request has too many header fields");
        }
        if (trailerName != null) {
            String name = trailerName.toString().toLowerCase(Locale.ROOT);
            badRequestUnless(!FORBIDDEN_TRAILERS.contains(name), "a trailer is about framing or routing");
            trailerName.setLength(0);
        }
    }

    private void endLine() {
        switch (position) {
            case BEFORE_REQUEST_LINE -> {
                // A client may send one empty line after a body (RFC 9112, section 2.2), but not many.
                badRequestUnless(!afterEmptyLine, "too many empty lines stand before the request line");
                afterEmptyLine = true;
            }
            case REQUEST_LINE -> {
                badRequestUnless(versionLength == VERSION.length(), "the request line does not end in a version of HTTP");
                position = Position.LINE_START;
            }
            case NAME -> throw new RefusedRequestException(HttpResponseStatus.BAD_REQUEST, "a line of the head has no colon");
            case VALUE -> position = Position.LINE_START;
            case LINE_START -> reset();
        }
    }

    private void reset() {
        position = Position.BEFORE_REQUEST_LINE;
        afterSpace = false;
        afterEmptyLine = false;
        spaces = 0;
        versionLength = 0;
        fields = 0;
        trailerName = null;
    }
}
