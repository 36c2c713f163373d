package dev.paddock.adapters.http.wire.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;

/** Finds where the values of a JSON text begin and end, without reading them. Not thread-safe. */
final class JsonWalk {

    private final byte[] json;
    private int at;

    JsonWalk(byte[] json) {
        this.json = json;
    }

    /** Returns the index of the next byte. */
    int position() {
        return at;
    }

    /** Returns the bytes from an index to here. */
    byte[] since(int start) {
        return Arrays.copyOfRange(json, start, at);
    }

    /** Passes white space, and returns the byte behind it without passing that. */
    byte peek() throws IOException {
        while (at < json.length && isBlank(json[at])) {
            at++;
        }
        if (at == json.length) {
            throw new IOException("the text ends too early");
        }
        return json[at];
    }

    /** Passes a byte that must come next. */
    void pass(char expected) throws IOException {
        if (peek() != expected) {
            throw new IOException("something else than " + expected);
        }
        at++;
    }

    /**
     * Goes to the next member of an object or an array.
     *
     * @param isFirst whether none was passed yet
     * @return false at the end, which is passed
     */
    boolean next(boolean isFirst, char end) throws IOException {
        if (peek() == end) {
            at++;
            return false;
        }
        if (!isFirst) {
            pass(',');
            peek();
        }
        return true;
    }

    /** Passes the name of a member and the colon; returns the name as it is written. */
    String name() throws IOException {
        peek();
        int start = at;
        skipText();
        String name = new String(json, start + 1, at - start - 2, UTF_8);
        pass(':');
        return name;
    }

    /** Passes a value of any type. */
    void skip() throws IOException {
        byte first = peek();
        if (first == '"') {
            skipText();
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            int start = at;
            while (at < json.length && ",]} \t\r\n".indexOf(json[at]) < 0) {
                at++;
            }
            if (at == start) {
                throw new IOException("no value");
            }
        }
    }

    /** Throws if anything but white space follows. */
    void end() throws IOException {
        while (at < json.length) {
            if (!isBlank(json[at++])) {
                throw new IOException("something follows the value");
            }
        }
    }

    static boolean isBlank(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private void skipNested() throws IOException {
        int depth = 0;
        do {
            byte next = peek();
            if (next == '"') {
                skipText();
            } else {
                depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
                at++;
            }
        } while (depth > 0);
    }

    private void skipText() throws IOException {
        if (json[at] != '"') {
            throw new IOException("no text");
        }
        int index = at + 1;
        while (index < json.length && json[index] != '"') {
            index += json[index] == '\\' ? 2 : 1;
        }
        if (index >= json.length) {
            throw new IOException("a text without an end");
        }
        at = index + 1;
    }
}
