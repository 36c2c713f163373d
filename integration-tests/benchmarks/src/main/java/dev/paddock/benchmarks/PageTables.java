package dev.paddock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The tables of a page in Markdown that a command writes, each between {@code <!-- begin table: NAME -->} and {@code <!-- end -->}. */
public final class PageTables {

    private static final String END = "<!-- end -->";

    private PageTables() {}

    /** Writes tables by their names in place of those in a page. The page stays as it is when it lacks one of them. */
    public static void write(Path page, Map<String, String> tables) throws IOException {
        String text = Files.readString(page);
        for (Map.Entry<String, String> table : tables.entrySet()) {
            text = replace(text, table.getKey(), table.getValue());
        }
        Files.writeString(page, text);
    }

    /** Returns the text of a page with another content of a table. */
    static String replace(String page, String name, String content) {
        String begin = "<!-- begin table: " + name + " -->\n";
        int from = page.indexOf(begin);
        if (from < 0 || page.indexOf(begin, from + 1) >= 0) {
            throw new IllegalArgumentException("the page must have one table " + name);
        }
        int to = page.indexOf(END, from);
        int next = page.indexOf("<!-- begin table: ", from + begin.length());
        if (to < 0 || (next >= 0 && next < to)) {
            throw new IllegalArgumentException("the table " + name + " has no end");
        }
        return page.substring(0, from + begin.length()) + content.stripTrailing().replaceFirst("^\n+", "") + "\n" + page.substring(to);
    }
}
