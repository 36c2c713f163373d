package dev.paddock.adapters.http.documentsearch.text;

import java.util.List;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jsoup.Jsoup;

/** Markdown: sections at headings; other blocks stay as they are written, so that lists, tables and code can be read. */
final class MarkdownText {

    private static final int DEEPEST = 100;

    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(DEEPEST)
            .maxInlineNesting(DEEPEST)
            .build();

    private static final TextContentRenderer PLAIN = TextContentRenderer.builder().build();
    private static final String METADATA = "---\n";

    private MarkdownText() {}

    static DocumentText read(byte[] content) {
        DocumentText.Builder text = new DocumentText.Builder();
        String source = withoutMetadata(PlainText.decode(content), text);
        for (Node block = PARSER.parse(source).getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof Heading heading) {
                text.heading(heading.getLevel(), PLAIN.render(heading));
            } else if (block instanceof HtmlBlock) {
                text.paragraph(Jsoup.parse(sourceOf(block, source)).text());
            } else {
                text.paragraph(sourceOf(block, source));
            }
        }
        return text.build();
    }

    /** Adds the metadata at the beginning as a paragraph, because its end looks like the underline of a heading. */
    private static String withoutMetadata(String source, DocumentText.Builder text) {
        int end = source.startsWith(METADATA) ? source.indexOf("\n" + METADATA, METADATA.length() - 1) : -1;
        if (end < 0) {
            return source;
        }
        text.paragraph(source.substring(METADATA.length(), Math.max(METADATA.length(), end)));
        return source.substring(end + 1 + METADATA.length());
    }

    private static String sourceOf(Node block, String source) {
        List<SourceSpan> lines = block.getSourceSpans();
        if (lines.isEmpty()) {
            return "";
        }
        SourceSpan last = lines.getLast();
        return source.substring(lines.getFirst().getInputIndex(), last.getInputIndex() + last.getLength());
    }
}
