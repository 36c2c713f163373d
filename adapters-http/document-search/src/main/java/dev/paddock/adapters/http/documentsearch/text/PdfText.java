package dev.paddock.adapters.http.documentsearch.text;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/** PDF: a section for each page. */
final class PdfText {

    private static final Pattern HYPHENATED = Pattern.compile("(\\p{Ll})-\n(\\p{Ll})");
    private static final String PARAGRAPH_END = "\n\n";

    /** A printed page has some thousand. */
    private static final int MOST_CHARACTERS_OF_A_PAGE = 200_000;

    private static final int MOST_PAGES = 50_000;

    private PdfText() {}

    static DocumentText read(byte[] content, Runnable check) {
        try (PDDocument document = new BoundedPdfParser(content, check).parse()) {
            if (!document.getCurrentAccessPermission().canExtractContent()) {
                throw unreadable("does not allow that its text is extracted", null);
            }
            DocumentText text = read(document, check);
            if (text.sections().isEmpty()) {
                throw unreadable("has no text; its pages may be images", null);
            }
            return text;
        } catch (InvalidPasswordException encrypted) {
            throw unreadable("is encrypted and needs a password", encrypted);
        } catch (IOException damaged) {
            throw unreadable("is damaged, or no PDF", damaged);
        }
    }

    private static DocumentText read(PDDocument document, Runnable check) throws IOException {
        DocumentText.Builder text = new DocumentText.Builder();
        PDFTextStripper stripper = new CheckedTextStripper(check);
        stripper.setLineSeparator("\n");
        stripper.setParagraphEnd(PARAGRAPH_END);
        if (document.getNumberOfPages() > MOST_PAGES) {
            throw new DocumentException(DocumentFailure.UNREADABLE_DOCUMENT, "has more than " + MOST_PAGES + " pages");
        }
        for (int page = 1; page <= document.getNumberOfPages(); page++) {
            check.run();
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            String ofPage = stripper.getText(document);
            if (!ofPage.isBlank()) {
                text.heading(1, "page " + page);
                PlainText.addParagraphs(HYPHENATED.matcher(ofPage).replaceAll("$1$2"), text);
            }
        }
        return text.build();
    }

    /** Asks before each operator whether it may go on: a small file may have very many, and use them again and again. */
    private static final class CheckedTextStripper extends PDFTextStripper {

        private final Runnable check;
        private int characters; // of the page

        CheckedTextStripper(Runnable check) {
            this.check = check;
        }

        @Override
        public void processPage(PDPage page) throws IOException {
            characters = 0;
            super.processPage(page);
        }

        @Override
        protected void processTextPosition(TextPosition text) {
            characters++;
            if (characters > MOST_CHARACTERS_OF_A_PAGE) { // each needs some hundred bytes until the page ends
                throw new DocumentException(
                        DocumentFailure.UNREADABLE_DOCUMENT, "has a page with more than " + MOST_CHARACTERS_OF_A_PAGE + " characters");
            }
            super.processTextPosition(text);
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            check.run();
            super.processOperator(operator, operands);
        }
    }

    private static DocumentException unreadable(String reason, @Nullable Throwable cause) {
        return new DocumentException(DocumentFailure.UNREADABLE_DOCUMENT, reason, cause);
    }
}
