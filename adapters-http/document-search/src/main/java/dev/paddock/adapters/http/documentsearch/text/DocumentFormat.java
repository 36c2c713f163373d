package dev.paddock.adapters.http.documentsearch.text;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The format of a document, which its extension tells. */
public enum DocumentFormat {
    /** Plain text; also formats that are readable as plain text. */
    TEXT,
    /** Markdown (CommonMark). */
    MARKDOWN,
    /** HTML in any version. */
    HTML,
    /** PDF with text, not only with images of it. */
    PDF;

    private static final Map<String, DocumentFormat> BY_EXTENSION = Map.ofEntries(
            Map.entry("txt", TEXT),
            Map.entry("text", TEXT),
            Map.entry("rst", TEXT),
            Map.entry("adoc", TEXT),
            Map.entry("asciidoc", TEXT),
            Map.entry("org", TEXT),
            Map.entry("md", MARKDOWN),
            Map.entry("markdown", MARKDOWN),
            Map.entry("html", HTML),
            Map.entry("htm", HTML),
            Map.entry("xhtml", HTML),
            Map.entry("pdf", PDF));

    /** Returns the format of a document with a name; empty when it has none of the known extensions. */
    public static Optional<DocumentFormat> ofName(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        String extension = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return file.length() == extension.length() ? Optional.empty() : Optional.ofNullable(BY_EXTENSION.get(extension));
    }

    /** Returns all known extensions, for a message. */
    public static String allExtensions() {
        return String.join(", ", new TreeSet<>(BY_EXTENSION.keySet()));
    }

    /**
     * Returns the text of a document.
     *
     * @param check is run again and again in formats whose text may be hard to find; what it throws ends the reading
     * @throws DocumentException if it cannot be read; the message is the end of a sentence about it
     */
    public DocumentText read(byte[] content, Runnable check) {
        if (content.length > DocumentText.MOST_CHARACTERS && (this == MARKDOWN || this == HTML)) {
            // A tree takes a multiple of the bytes that it is made of.
            throw new DocumentException(
                    DocumentFailure.TOO_LARGE, "has more than " + DocumentText.MOST_CHARACTERS + " bytes, the limit for Markdown and HTML");
        }
        try {
            return switch (this) {
                case TEXT -> PlainText.read(content);
                case MARKDOWN -> MarkdownText.read(content);
                case HTML -> HtmlText.read(content, check);
                case PDF -> PdfText.read(content, check);
            };
        } catch (DocumentException known) {
            throw known;
        } catch (RuntimeException | StackOverflowError damaged) {
            // The parsers of third parties meet input of any kind; one document must not end the reading of the others.
            throw new DocumentException(DocumentFailure.UNREADABLE_DOCUMENT, "is damaged, or nested too deeply", damaged);
        } catch (OutOfMemoryError large) {
            throw new DocumentException(DocumentFailure.UNREADABLE_DOCUMENT, "needs more memory to be read than there is", large);
        }
    }
}
