package dev.paddock.adapters.http.wire.framing;

/** The nesting of JSON that is not parsed. */
final class JsonNesting {

    private JsonNesting() {}

    /** Returns whether a range ends inside an object or an array, and not inside a text. */
    static boolean isOpen(Bytes json, int start, int end) {
        int depth = 0;
        boolean inText = false;
        for (int index = start; index < end; index++) {
            byte next = json.at(index);
            if (next == '"') {
                inText = !inText;
            } else if (inText) {
                index += next == '\\' ? 1 : 0;
            } else {
                depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
            }
        }
        return depth > 0 && !inText;
    }

    /** Bytes by their index. */
    interface Bytes {

        byte at(int index);
    }
}
