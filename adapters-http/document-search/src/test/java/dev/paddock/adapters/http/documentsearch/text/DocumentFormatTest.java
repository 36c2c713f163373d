package dev.paddock.adapters.http.documentsearch.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.documentsearch.text.DocumentText.Section;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFormatTest {

    @ParameterizedTest
    @CsvSource({"a.md,MARKDOWN", "b/A.MD,MARKDOWN", "a.tar.txt,TEXT", "a.htm,HTML", "x.y/a.pdf,PDF"})
    void ofName_knownExtension_isItsFormat(String name, DocumentFormat format) {
        assertThat(DocumentFormat.ofName(name)).contains(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "md", "a", "a.", "a.md/b", "a.docx", "a.md~"})
    void ofName_otherNames_haveNone(String name) {
        assertThat(DocumentFormat.ofName(name)).isEmpty();
    }

    @Test
    void markdown_headings_areTheTitlesOfSections() {
        assertThat(markdown("before\n\n# One *two*\n\nfirst\n\n### Deep\n\n- a\n- b\n\n## Flat\n\nSetext\n------\n\n```\n# no heading\n```\n")).containsExactly(
                new Section("", List.of("before")),
                new Section("One two", List.of("first")),
                new Section("One two > Deep", List.of("- a\n- b")),
                new Section("One two > Flat", List.of("Flat")),
                new Section("One two > Setext", List.of("```\n# no heading\n```")));
    }

    @Test
    void markdown_metadataAndHtml_areText() {
        assertThat(markdown("---\ntitle: Guide\n---\n\n<p align=\"center\">Centred <b>text</b></p>\n\nend"))
                .containsExactly(new Section("", List.of("title: Guide", "Centred text", "end")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ", "- ", "*", "[", "<div>", "("})
    void markdown_nestedDeeply_endsWithoutFailingOthers(String mark) {
        try {
            assertThat(read(DocumentFormat.MARKDOWN, (mark.repeat(100_000) + "text").getBytes(UTF_8))).isNotNull();
        } catch (DocumentException tooDeep) {
            assertThat(tooDeep).hasMessage("is damaged, or nested too deeply");
        }
    }

    @Test
    void html_blocks_areParagraphsWithoutScriptsAndHiddenText() {
        String page = "<html><head><title>Page</title><style>p {}</style></head><body><script>alert(1)</script>"
                + "<h2>Part <i>one</i></h2><p>Some <b>bold</b>\n text</p><div hidden>secret</div><table><tr><td>a</td><td>b</td></tr></table>"
                + "<pre>x\n  y</pre>tail<ul><li>one<li>two</ul></body></html>";

        assertThat(read(DocumentFormat.HTML, page.getBytes(UTF_8)).sections())
                .containsExactly(new Section("Page > Part one", List.of("Some bold text", "a | b", "x\n  y", "tail", "one", "two")));
    }

    @Test
    void html_nestedDeeply_isRead() {
        assertThat(read(DocumentFormat.HTML, ("<div>".repeat(50_000) + "text").getBytes(UTF_8)).sections()).hasSize(1);
    }

    @Test
    void pdf_pages_areSections() throws IOException {
        assertThat(read(DocumentFormat.PDF, pdf(null, true, "First page", "", "Third page")).sections()).containsExactly(
                new Section("page 1", List.of("First page")), new Section("page 3", List.of("Third page")));
    }

    @Test
    void pdf_encryptedForbiddenOrWithoutText_saysSo() throws IOException {
        assertUnreadable(pdf("secret", true, "text"), "is encrypted and needs a password");
        assertUnreadable(pdf("", false, "text"), "does not allow that its text is extracted");
        assertUnreadable(pdf(null, true, ""), "has no text; its pages may be images");
        byte[] whole = pdf(null, true, "text");
        assertUnreadable("%PDF-1.7 nothing".getBytes(UTF_8), "is damaged, or no PDF");
        assertThat(read(DocumentFormat.PDF, pdf("", true, "text")).sections()).hasSize(1);
        assertThat(whole).isNotEmpty();
    }

    @Test
    void pdf_longPage_asksAgainAndAgainWhetherItMayGoOn() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        DocumentFormat.PDF.read(pdf(null, true, "text"), asked::incrementAndGet);
        DocumentException tooLong = new DocumentException(DocumentFailure.UNREADABLE_DOCUMENT, "takes too long");

        assertThat(asked.get()).isGreaterThanOrEqualTo(5); // for the page, and for each of its operators
        assertThatThrownBy(() -> DocumentFormat.PDF.read(pdf(null, true, "text"), () -> {
                    if (asked.decrementAndGet() == 0) {
                        throw tooLong;
                    }
                }))
                .isSameAs(tooLong);
    }

    @Test
    void pdf_streamThatBecomesVeryLarge_isNotDecoded() throws IOException {
        byte[] content = inflating(document -> contents(document, " ".repeat(40 << 20)));
        byte[] objects = inflating(document -> document.getDocumentInformation().setTitle("a".repeat(40 << 20)));

        for (byte[] pdf : List.of(content, objects)) {
            assertThat(pdf.length).isLessThan(200_000);
            assertUnreadable(pdf, "has a part that becomes larger than 32 MiB when it is decompressed");
        }
    }

    @Test
    void pdf_pageOfVeryManyCharacters_isRefused() throws IOException {
        byte[] pdf = inflating(document -> contents(document, "BT /F 12 Tf (" + "a".repeat(300_000) + ") Tj ET"));

        assertUnreadable(pdf, "has a page with more than 200000 characters");
    }

    @Test
    void pdf_rowsOfAPredictorThatAreVeryLong_areRefused() throws IOException {
        byte[] pdf = inflating(document -> {
            COSStream stream = contents(document, "BT ET");
            COSDictionary parameters = new COSDictionary();
            parameters.setInt(COSName.PREDICTOR, 12);
            parameters.setInt(COSName.COLUMNS, 2_000_000_000);
            stream.setItem(COSName.DECODE_PARMS, parameters);
        });

        assertUnreadable(pdf, "has a part that becomes larger than 32 MiB when it is decompressed");
    }

    @Test
    void pdf_largeImage_isLeftOut() throws IOException {
        byte[] pdf = inflating(document -> {
            var unused = contents(document, "/I Do BT /F 12 Tf (text) Tj ET");
            COSStream image = compressed(document, "\0".repeat(40 << 20));
            image.setItem(COSName.SUBTYPE, COSName.IMAGE);
            COSDictionary objects = new COSDictionary();
            objects.setItem(COSName.getPDFName("I"), image);
            document.getPage(0).getResources().getCOSObject().setItem(COSName.XOBJECT, objects);
        });

        assertThat(read(DocumentFormat.PDF, pdf).sections()).containsExactly(new Section("page 1", List.of("text")));
    }

    /** Makes a PDF what it should not be. */
    @FunctionalInterface
    private interface Change {

        void make(PDDocument document) throws IOException;
    }

    private static byte[] inflating(Change change) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            PDResources resources = new PDResources();
            resources.put(COSName.getPDFName("F"), new PDType1Font(Standard14Fonts.FontName.HELVETICA));
            page.setResources(resources);
            document.addPage(page);
            change.make(document);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    private static COSStream contents(PDDocument document, String text) throws IOException {
        COSStream stream = compressed(document, text);
        document.getPage(0).getCOSObject().setItem(COSName.CONTENTS, stream);
        return stream;
    }

    private static COSStream compressed(PDDocument document, String text) throws IOException {
        COSStream stream = document.getDocument().createCOSStream();
        try (OutputStream output = stream.createOutputStream(COSName.FLATE_DECODE)) {
            output.write(text.getBytes(UTF_8));
        }
        return stream;
    }

    private static void assertUnreadable(byte[] content, String reason) {
        assertThatThrownBy(() -> read(DocumentFormat.PDF, content)).isInstanceOf(DocumentException.class).hasMessage(reason);
    }

    private static DocumentText read(DocumentFormat format, byte[] content) {
        return format.read(content, () -> {});
    }

    private static List<Section> markdown(String text) {
        return read(DocumentFormat.MARKDOWN, text.getBytes(UTF_8)).sections();
    }

    /** Returns a PDF with a text on each page; with a password (may be empty) it is encrypted. */
    private static byte[] pdf(@Nullable String password, boolean mayExtract, String... pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            for (String text : pages) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream stream = new PDPageContentStream(document, page)) {
                    stream.beginText();
                    stream.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    stream.newLineAtOffset(50, 700);
                    stream.showText(text);
                    stream.endText();
                }
            }
            if (password != null) {
                AccessPermission permission = new AccessPermission();
                permission.setCanExtractContent(mayExtract);
                document.protect(new StandardProtectionPolicy("owner", password, permission));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }
}
