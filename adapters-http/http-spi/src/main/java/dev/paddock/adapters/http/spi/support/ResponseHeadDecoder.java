package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Header;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the head of one HTTP/1.1 response, byte by byte, in whatever pieces it arrives (RFC 9112, sections 2 to 5). Interim responses
 * before it are skipped, at most eight. Used by one thread at a time.
 *
 * <p>Rejects each line that another reader could understand differently. Control characters in the value of a field become spaces
 * (RFC 9110, section 5.5), so that they cannot end a line further on.
 */
public final class ResponseHeadDecoder {

    private static final int MAX_LINE = 8192;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_INTERIM_RESPONSES = 8;
    private static final int DELETE = 0x7f;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int PROTOCOL_LENGTH = "HTTP/1.1".length();
    private static final int STATUS_END = PROTOCOL_LENGTH + " 200".length();

    private byte[] line = new byte[256];
    private int length;
    private @Nullable String statusLine;
    private List<String> fields = new ArrayList<>();
    private int interimResponses;
    private @Nullable ResponseHead head;

    /**
     * Takes the next byte.
     *
     * @return whether it was the last one of the head
     * @throws ProtocolException if the head breaks HTTP or is too large
     */
    public boolean accept(byte octet) throws ProtocolException {
        if (octet == '\n') {
            int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            length = 0;
            return acceptLine(end);
        }
        if (length > MAX_LINE) {
            throw HttpViolation.LINE_LENGTH.toException();
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = octet;
        return false;
    }

    /** Returns the complete head. */
    public ResponseHead head() {
        return requireNonNull(head, "the head is complete");
    }

    private boolean acceptLine(int end) throws ProtocolException {
        if (end > 0 || statusLine == null) {
            String text = new String(line, 0, end, StandardCharsets.ISO_8859_1);
            if (statusLine == null) {
                requireStatusLine(text);
                statusLine = text;
            } else if (fields.size() == MAX_FIELDS) {
                throw HttpViolation.FIELD_COUNT.toException();
            } else {
                fields.add(text);
            }
            return false;
        }
        return endHead(statusLine);
    }

    private static void requireStatusLine(String text) throws ProtocolException {
        if (!(text.startsWith("HTTP/1.1 ") || text.startsWith("HTTP/1.0 "))) {
            throw HttpViolation.STATUS_LINE.toException();
        }
        boolean valid = text.length() >= STATUS_END && (text.length() == STATUS_END || text.charAt(STATUS_END) == ' ');
        for (int index = PROTOCOL_LENGTH + 1; valid && index < STATUS_END; index++) {
            valid = text.charAt(index) >= '0' && text.charAt(index) <= '9';
        }
        if (!valid || text.charAt(PROTOCOL_LENGTH + 1) == '0') {
            throw HttpViolation.STATUS.toException();
        }
    }

    private boolean endHead(String first) throws ProtocolException {
        int status = Integer.parseInt(first, PROTOCOL_LENGTH + 1, STATUS_END, 10);
        if (status == SWITCHING_PROTOCOLS) {
            throw HttpViolation.PROTOCOL_SWITCH.toException();
        }
        if (status >= FIRST_FINAL_STATUS) {
            head = ResponseHead.of(status, first.substring(0, PROTOCOL_LENGTH), this::parsedFields);
            return true;
        }
        if (++interimResponses > MAX_INTERIM_RESPONSES) {
            throw HttpViolation.INTERIM_RESPONSES.toException();
        }
        statusLine = null;
        fields = new ArrayList<>();
        return false;
    }

    /** A line that is folded, or has no colon, has no valid name. */
    private List<Header> parsedFields() {
        List<Header> parsed = new ArrayList<>(fields.size());
        for (String field : fields) {
            int colon = Math.max(0, field.indexOf(':'));
            parsed.add(new Header(field.substring(0, colon), value(field, colon + 1)));
        }
        return parsed;
    }

    private static String value(String field, int begin) {
        StringBuilder cleaned = new StringBuilder(field.length() - begin);
        for (int index = begin; index < field.length(); index++) {
            char character = field.charAt(index);
            boolean isControl = (character < ' ' && character != '\t') || character == DELETE;
            cleaned.append(isControl ? ' ' : character);
        }
        return cleaned.toString().strip();
    }
}
