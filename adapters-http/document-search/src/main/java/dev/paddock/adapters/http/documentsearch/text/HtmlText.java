package dev.paddock.adapters.http.documentsearch.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** HTML: sections at headings, paragraphs at blocks; without scripts, styles and hidden elements. */
final class HtmlText {

    private static final Set<String> NO_TEXT =
            Set.of("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea", "button");

    private static final Set<String> CELLS = Set.of("td", "th");

    private HtmlText() {}

    static DocumentText read(byte[] content, Runnable check) {
        try {
            Document document = Jsoup.parse(new ByteArrayInputStream(content), null, "");
            Blocks blocks = new Blocks(check);
            if (document.selectFirst("h1") == null) {
                blocks.text.heading(1, document.title());
            }
            document.body().filter(blocks);
            blocks.endParagraph();
            return blocks.text.build();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Collects the text of elements; the filter walks without recursion. */
    private static final class Blocks implements NodeFilter {

        private final DocumentText.Builder text = new DocumentText.Builder();
        private final StringBuilder paragraph = new StringBuilder();
        private final Runnable check;
        private int verbatim; // elements around that keep blanks
        private boolean hasWords; // whether the paragraph is not blank

        Blocks(Runnable check) {
            this.check = check;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            check.run();
            if (node instanceof TextNode words) {
                paragraph.append(verbatim > 0 ? words.getWholeText() : words.getWholeText().replaceAll("\\s+", " "));
                hasWords |= !words.isBlank();
            } else if (node instanceof Element element) {
                if (NO_TEXT.contains(element.normalName()) || element.hasAttr("hidden")) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                verbatim += isVerbatim(element) ? 1 : 0;
                boolean isCell = CELLS.contains(element.normalName());
                if (element.normalName().equals("br")) {
                    paragraph.append('\n');
                } else if (isCell) {
                    paragraph.append(hasWords ? " | " : "");
                } else if (isBlock(element)) {
                    endParagraph();
                }
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            verbatim -= node instanceof Element element && isVerbatim(element) ? 1 : 0;
            if (node instanceof Element element && isBlock(element)) {
                int level = headingLevel(element);
                if (level > 0) {
                    text.heading(level, takeParagraph());
                } else {
                    endParagraph();
                }
            }
            return FilterResult.CONTINUE;
        }

        private void endParagraph() {
            text.paragraph(takeParagraph());
        }

        private String takeParagraph() {
            String taken = paragraph.toString();
            paragraph.setLength(0);
            hasWords = false;
            return taken;
        }

        private static boolean isVerbatim(Element element) {
            return element.normalName().equals("pre");
        }

        private static boolean isBlock(Element element) {
            return element.isBlock() && !CELLS.contains(element.normalName());
        }

        private static int headingLevel(Element element) {
            String name = element.normalName();
            return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6' ? name.charAt(1) - '0' : 0;
        }
    }
}
