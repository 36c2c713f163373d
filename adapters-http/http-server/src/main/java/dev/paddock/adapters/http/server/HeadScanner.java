package dev.paddock.adapters.http.server;

import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the bytes of a head, or of the trailers, after the decoder has taken them, for what the decoder mends or
 * overlooks: several spaces in the request line, folded lines, line ends of one character, control characters, an
 * endless number of fields (RFC 9112, sections 2.2, 3 and 5). Keeps its place from one call to the next, since a head
 * may come in parts.
 */
final class HeadScanner implements ByteProcessor {

    private static final int SPACES_IN_REQUEST_LINE = 2;
    private static final int LONGEST_NAME = 256;
    private static final String VERSION = "HTTP/#.#"; // with a digit for each mark; the decoder ignores the case

    /** Where in a head the next byte stands. */
    private enum Place {
        BEFORE_REQUEST_LINE,
        REQUEST_LINE,
        LINE_START,
        NAME,
        VALUE
    }

    private final int maxFields;
    private Place place = Place.BEFORE_REQUEST_LINE;
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
        place = Place.LINE_START;
        trailerName = new StringBuilder();
    }

    /** Tells whether a head has begun that is not complete. */
    boolean isInsideHead() {
        return place != Place.BEFORE_REQUEST_LINE || afterCarriageReturn || afterEmptyLine;
    }

    @Override
    public boolean process(byte value) {
        int octet = Byte.toUnsignedInt(value);
        if (afterCarriageReturn) {
            afterCarriageReturn = false;
            refuseUnless(octet == '\n', "a carriage return stands alone");
            endLine();
            return true;
        }
        if (octet == '\r') {
            afterCarriageReturn = true;
            return true;
        }
        refuseUnless(octet != '\n', "a line feed stands alone");
        switch (place) {
            case BEFORE_REQUEST_LINE, REQUEST_LINE -> requestLine(octet);
            case LINE_START, NAME -> name(octet);
            case VALUE -> refuseUnless(Octets.isFieldCharacter(octet),
                    "a header field holds a control character");
        }
        return true;
    }

    private void requestLine(int octet) {
        place = Place.REQUEST_LINE;
        refuseUnless(octet >= ' ' && octet < Octets.DELETE,
                "the request line holds a character that is not allowed there");
        boolean space = octet == ' ';
        if (space) {
            spaces++;
            refuseUnless(!afterSpace && spaces <= SPACES_IN_REQUEST_LINE, "the request line has a space too many");
        } else if (spaces == SPACES_IN_REQUEST_LINE) {
            refuseUnless(isVersion(octet), "the request line does not end in a version of HTTP");
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
        if (place == Place.LINE_START) {
            refuseUnless(octet != ' ' && octet != '\t', "a line of the head begins with white space");
            refuseUnless(octet != ':', "a header field has no name");
            place = Place.NAME;
        }
        if (octet == ':') {
            place = Place.VALUE;
            countField();
            return;
        }
        refuseUnless(Octets.isTokenCharacter(octet),
                "the name of a header field holds a character that is not allowed there");
        if (trailerName != null && trailerName.length() < LONGEST_NAME) {
            trailerName.append((char) octet);
        }
    }

    private void countField() {
        fields++;
        if (fields > maxFields) {
            throw new RefusedRequestException(
                    RefusedRequestException.HEADER_FIELDS_TOO_LARGE, "the request has too many header fields");
        }
        if (trailerName != null) {
            refuseUnless(TrailerRules.isAllowed(trailerName.toString()), "a trailer is about framing or routing");
            trailerName.setLength(0);
        }
    }

    private void endLine() {
        switch (place) {
            case BEFORE_REQUEST_LINE -> {
                // A client may send an empty line after a body (RFC 9112, section 2.2); one, not a stream of them.
                refuseUnless(!afterEmptyLine, "too many empty lines stand before the request line");
                afterEmptyLine = true;
            }
            case REQUEST_LINE -> {
                refuseUnless(versionLength == VERSION.length(), "the request line does not end in a version of HTTP");
                place = Place.LINE_START;
            }
            case NAME -> throw RefusedRequestException.badRequest("a line of the head has no colon");
            case VALUE -> place = Place.LINE_START;
            case LINE_START -> reset();
        }
    }

    private void reset() {
        place = Place.BEFORE_REQUEST_LINE;
        afterSpace = false;
        afterEmptyLine = false;
        spaces = 0;
        versionLength = 0;
        fields = 0;
        trailerName = null;
    }

    private static void refuseUnless(boolean correct, String reason) {
        if (!correct) {
            throw RefusedRequestException.badRequest(reason);
        }
    }
}
