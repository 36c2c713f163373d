package dev.paddock.adapters.http.documentsearch.text;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/** Plain text: its encoding, its paragraphs, and characters that no text has. */
final class PlainText {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern BLANK_LINES = Pattern.compile("\n[\\s\u00a0]*\n");
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\u00a0]+");
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char REPLACEMENT = '\ufffd';

    private PlainText() {}

    static DocumentText read(byte[] content) {
        DocumentText.Builder text = new DocumentText.Builder();
        addParagraphs(decode(content), text);
        return text.build();
    }

    static void addParagraphs(String text, DocumentText.Builder builder) {
        BLANK_LINES.splitAsStream(text).forEach(builder::paragraph);
    }

    /**
     * Returns the text of bytes: as their byte order mark says, else UTF-8, else, when they are no UTF-8, windows-1252.
     *
     * @throws DocumentException if they are no text
     */
    static String decode(byte[] content) {
        String text = startsWith(content, 0xff, 0xfe)
                ? new String(content, UTF_16LE)
                : startsWith(content, 0xfe, 0xff) ? new String(content, UTF_16BE) : decodeBytes(content);
        String unmarked = text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        if (unmarked.indexOf(0) >= 0) {
            throw new DocumentException(DocumentFailure.UNREADABLE_DOCUMENT, "is binary, not text");
        }
        return withUnixLines(unmarked);
    }

    private static String decodeBytes(byte[] content) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException otherEncoding) {
            return new String(content, WINDOWS_1252);
        }
    }

    private static boolean startsWith(byte[] content, int first, int second) {
        return content.length >= 2 && (content[0] & 0xff) == first && (content[1] & 0xff) == second;
    }

    private static String withUnixLines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** Returns text without control characters, lone surrogates and blank lines at its ends; the first line stays indented. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            boolean isSurrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            boolean isControl = Character.isISOControl(character) && character != '\n' && character != '\t';
            clean.appendCodePoint(isSurrogate ? REPLACEMENT : isControl ? ' ' : character);
        });
        String stripped = clean.toString().stripTrailing();
        int start = 0;
        for (int index = 0; index < stripped.length() && Character.isWhitespace(stripped.charAt(index)); index++) {
            start = stripped.charAt(index) == '\n' ? index + 1 : start;
        }
        return stripped.substring(start);
    }

    static String onOneLine(String text) {
        return WHITE_SPACE.matcher(clean(text)).replaceAll(" ").strip();
    }

    /** Returns the beginning of a text, at most the given number of characters, without half of a surrogate pair. */
    static String cut(String text, int length) {
        return text.substring(0, safeEnd(text, length));
    }

    /** Returns the last place at or before the given one that is not inside a surrogate pair. */
    static int safeEnd(String text, int end) {
        return end > 0 && end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end)) ? end - 1 : end;
    }
}
