package dev.paddock.adapters.http.documentsearch;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/** The format of the index: that of Lucene, also for vectors with more than 1024 values, which several embedding models have. */
final class IndexFormat extends Lucene104Codec {

    /** The longest vectors that it holds. */
    static final int MOST_DIMENSIONS = 8192;

    private final KnnVectorsFormat vectors = new LongVectors();

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
    }

    /** The usual format under its own name, so that every reader finds it. */
    private static final class LongVectors extends KnnVectorsFormat {

        /** Segments with less than about 2400 vectors have no graph and are searched one by one: their merge makes it, beside the reading. */
        private static final int SMALL_SEGMENT = 300;

        private final KnnVectorsFormat usual;

        LongVectors() {
            this(new Lucene99HnswVectorsFormat(
                    Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN, Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH, 1, null, SMALL_SEGMENT));
        }

        private LongVectors(KnnVectorsFormat usual) {
            super(usual.getName());
            this.usual = usual;
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return usual.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return usual.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MOST_DIMENSIONS;
        }
    }
}
