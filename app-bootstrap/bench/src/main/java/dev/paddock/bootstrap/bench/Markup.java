package dev.paddock.bootstrap.bench;

import java.util.Locale;

/** Writes what a page is made of. */
final class Markup {

    private Markup() {}

    /** Returns a text as it stands in a page, in an attribute too. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Returns an element with the given content, which is markup. */
    static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">\n";
    }

    /** Returns a number as it stands in a drawing. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
