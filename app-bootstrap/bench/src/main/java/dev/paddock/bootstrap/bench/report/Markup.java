package dev.paddock.bootstrap.bench.report;

import java.util.Map;
import java.util.stream.Collectors;

/** Pieces of HTML. Texts are escaped: models, servers and files may name themselves as they like. */
final class Markup {

    private Markup() {}

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isVisible(character) ? character : '\ufffd');
            }
        });
        return escaped.toString();
    }

    // Neither HTML nor XML may contain control characters, even escaped.
    private static boolean isVisible(int character) {
        return character >= ' ' || character == '\n' || character == '\t';
    }

    static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">\n";
    }

    static String paragraph(String text) {
        return element("p", escape(text));
    }

    static String section(String title, String content) {
        return "<section class=\"wide\"><h2>" + escape(title) + "</h2>\n" + content + "</section>\n";
    }

    /** Returns names and values, as the dashboard shows them. */
    static String facts(Map<String, String> facts) {
        return element(
                "dl",
                facts.entrySet().stream()
                        .map(fact -> "<div><dt>" + escape(fact.getKey()) + "</dt><dd>" + escape(fact.getValue()) + "</dd></div>\n")
                        .collect(Collectors.joining()));
    }

    static String table(ReportTable table) {
        StringBuilder markup = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(escape(table.title())).append("\"><table>\n<thead><tr>");
        for (int column = 0; column < table.columns().size(); column++) {
            markup.append("<th scope=\"col\"").append(style(table, column)).append('>').append(escape(table.columns().get(column))).append("</th>");
        }
        markup.append("</tr></thead>\n<tbody>\n");
        table.rows().forEach(row -> {
            markup.append("<tr>");
            if (row.size() == 1) {
                markup.append("<th scope=\"rowgroup\" colspan=\"").append(table.columns().size()).append("\">").append(escape(row.getFirst())).append("</th>");
            } else {
                for (int column = 0; column < row.size(); column++) {
                    String text = row.get(column);
                    String content = escape(text.strip());
                    markup.append(column == 0
                            ? "<th scope=\"row\"" + (text.startsWith(" ") ? " class=\"part\"" : "") + ">" + content + "</th>"
                            : "<td" + style(table, column) + verdict(content) + ">" + content + "</td>");
                }
            }
            markup.append("</tr>\n");
        });
        return markup.append("</tbody></table></div>\n").toString();
    }

    private static String style(ReportTable table, int column) {
        return table.numbers().contains(column) ? " class=\"number\"" : "";
    }

    private static String verdict(String content) {
        return switch (content) {
            case "better" -> " class=\"good\"";
            case "worse" -> " class=\"bad\"";
            default -> "";
        };
    }
}
