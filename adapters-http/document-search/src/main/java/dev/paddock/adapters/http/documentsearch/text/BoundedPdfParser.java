package dev.paddock.adapters.http.documentsearch.text;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.jspecify.annotations.Nullable;

/**
 * A parser that knows how large the streams of a PDF are before anything decodes them into memory: a few kilobytes may become gigabytes. Images,
 * of which no text is taken, are left out. Used by one thread.
 */
final class BoundedPdfParser extends PDFParser {

    /** More than a font or the content of a page has. */
    private static final int MOST_DECODED = 32 << 20;

    /** The length of a row by which a predictor works. */
    private static final long MOST_BITS_OF_A_ROW = 8L << 20;

    private final Runnable check;
    private int objects; // that are being parsed, one within the other

    /**
     * Creates the parser of one document.
     *
     * @param check is run again and again while streams are decoded; what it throws ends the parsing
     */
    BoundedPdfParser(byte[] content, Runnable check) throws IOException {
        super(new RandomAccessReadBuffer(content), "", null, null, IOUtils.createTempFileOnlyStreamCache());
        this.check = check;
    }

    /** Parses an object of the file; its stream is decrypted then. */
    @Override
    protected synchronized COSBase parseObjectDynamically(COSObjectKey key, boolean requireExisting) throws IOException {
        objects++;
        try {
            COSBase parsed = super.parseObjectDynamically(key, requireExisting);
            if (!(parsed instanceof COSStream stream)) {
                return parsed;
            }
            if (COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))) {
                stream.close();
                return image();
            }
            requireBounded(stream);
            return stream;
        } finally {
            objects--;
        }
    }

    /** Returns what tells only that there is an image. */
    private static COSStream image() {
        COSStream image = new COSStream();
        image.setItem(COSName.SUBTYPE, COSName.IMAGE);
        return image;
    }

    /** Parses a stream, which may be a table of objects: those are no objects of the file. */
    @Override
    protected COSStream parseCOSStream(COSDictionary dictionary) throws IOException {
        COSStream stream = super.parseCOSStream(dictionary);
        if (objects == 0) {
            requireBounded(stream);
        }
        return stream;
    }

    private void requireBounded(COSStream stream) throws IOException {
        Set<Filter> filters = new LinkedHashSet<>(); // each is used once, also when it is named twice
        COSBase names = stream.getFilters();
        if (names instanceof COSName name) {
            filters.add(FilterFactory.INSTANCE.getFilter(name));
        } else if (names instanceof COSArray several) {
            for (int index = 0; index < several.size(); index++) {
                if (several.getObject(index) instanceof COSName name) {
                    filters.add(FilterFactory.INSTANCE.getFilter(name));
                }
            }
        }
        if (!filters.isEmpty()) {
            requireShortRows(stream.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP));
            decode(stream, filters);
        }
    }

    private static void requireShortRows(@Nullable COSBase parameters) {
        if (parameters instanceof COSArray several) {
            for (int index = 0; index < several.size(); index++) {
                requireShortRows(several.getObject(index));
            }
        } else if (parameters instanceof COSDictionary one) {
            long bits = Math.max(1L, one.getInt(COSName.COLUMNS, 1))
                    * Math.max(1L, one.getInt(COSName.COLORS, 1))
                    * Math.max(1L, one.getInt(COSName.BITS_PER_COMPONENT, 8));
            if (bits > MOST_BITS_OF_A_ROW) {
                throw tooLarge();
            }
        }
    }

    private void decode(COSStream stream, Set<Filter> filters) throws IOException {
        InputStream input = stream.createRawInputStream();
        int index = 0;
        for (Iterator<Filter> each = filters.iterator(); each.hasNext(); index++) {
            Filter filter = each.next();
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            try (InputStream encoded = input;
                    OutputStream decoded = new BoundedOutput(each.hasNext() ? kept : OutputStream.nullOutputStream())) {
                var unused = filter.decode(encoded, decoded, stream, index);
            } catch (IOException damaged) {
                return; // which whoever needs the stream will find, too
            }
            input = new ByteArrayInputStream(kept.toByteArray());
        }
    }

    private static DocumentException tooLarge() {
        return new DocumentException(DocumentFailure.UNREADABLE_DOCUMENT, "has a part that becomes larger than " + (MOST_DECODED >> 20) + " MiB when it is decompressed");
    }

    /** Takes as many bytes as a stream may have. */
    private final class BoundedOutput extends OutputStream {

        private final OutputStream next;
        private long bytes;

        BoundedOutput(OutputStream next) {
            this.next = next;
        }

        @Override
        public void write(int octet) throws IOException {
            count(1);
            next.write(octet);
        }

        @Override
        public void write(byte[] array, int offset, int length) throws IOException {
            count(length);
            next.write(array, offset, length);
        }

        private void count(int more) {
            bytes += more;
            if (bytes > MOST_DECODED) {
                throw tooLarge();
            }
            check.run();
        }
    }
}
