package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.FolderScan.FoundFile;
import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import dev.paddock.adapters.http.documentsearch.text.DocumentFormat;
import dev.paddock.adapters.http.documentsearch.text.PassageCutter;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/** Reads documents, and cuts them into passages. Immutable. */
final class DocumentReader {

    /** Changes when equal bytes give other passages or words than before, so that all documents are read again. */
    private static final int READING_VERSION = 1;

    private final DocumentSettings settings;
    private final PassageCutter cutter;
    private final Ticker ticker;

    DocumentReader(DocumentSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.cutter = new PassageCutter(settings.cutting());
    }

    /** Returns the bytes of a file. */
    byte[] bytes(FoundFile file) throws IOException {
        long most = settings.limits().fileBytes();
        if (file.bytes() > most) {
            throw tooLarge(most);
        }
        try (InputStream stream = Files.newInputStream(file.path())) {
            byte[] content = stream.readNBytes((int) most);
            if (stream.read() >= 0) {
                throw tooLarge(most); // it grows
            }
            return content;
        }
    }

    private static DocumentException tooLarge(long most) {
        return new DocumentException(DocumentFailure.TOO_LARGE, "has more than " + most + " bytes");
    }

    /**
     * Returns the passages of a document.
     *
     * @throws DocumentException if it cannot be read, or not in time; the message is the end of a sentence about it
     */
    List<CutPassage> passages(DocumentFormat format, byte[] content) {
        return passages(format, content, newLimit());
    }

    /** Returns the passages of a document, with the given limit instead of a new one. */
    List<CutPassage> passages(DocumentFormat format, byte[] content, ReadingLimit limit) {
        return cutter.cut(format.read(content, limit::check));
    }

    /** Returns a limit for a reading that begins now. */
    ReadingLimit newLimit() {
        return new ReadingLimit(ticker);
    }

    /** Returns how passages with vectors of a space are made. Documents with another recipe are read again. */
    String recipe(VectorSpace space) {
        return String.join(
                "/",
                String.valueOf(READING_VERSION),
                String.valueOf(settings.cutting().characters()),
                String.valueOf(settings.cutting().overlap()),
                ContentHash.of(settings.embedded().passagePrefix()).substring(0, 8),
                space.field());
    }
}
