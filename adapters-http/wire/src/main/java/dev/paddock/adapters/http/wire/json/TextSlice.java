package dev.paddock.adapters.http.wire.json;

/** Characters where a parser has put them. The same object stands for one text after the other. Not thread-safe. */
final class TextSlice implements CharSequence {

    private static final char[] NONE = {};

    private char[] characters = NONE;
    private int offset;
    private int length;

    /** Returns this object, which now stands for a part of an array. */
    TextSlice of(char[] newCharacters, int newOffset, int newLength) {
        characters = newCharacters;
        offset = newOffset;
        length = newLength;
        return this;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return characters[offset + index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        return new String(characters, offset, length);
    }
}
