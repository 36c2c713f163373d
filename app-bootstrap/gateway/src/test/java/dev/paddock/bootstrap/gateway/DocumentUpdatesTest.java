package dev.paddock.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.documents.CorpusState;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.IndexProgress;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.SearchResult;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.ports.documents.DocumentSearchPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DocumentUpdatesTest {

    @Test
    void start_engineFailsInAnUnknownWay_updatesAgain() throws InterruptedException {
        FailingSearch documents = new FailingSearch();
        try (DocumentUpdates updates = new DocumentUpdates(documents, Duration.ofMillis(1))) {
            updates.start();

            assertThat(documents.third.await(1, TimeUnit.MINUTES)).isTrue(); // so the second one has ended
            assertThat(updates.last()).isEqualTo(FailingSearch.REPORT);
        }
    }

    /** An engine of another kind, whose first update fails. */
    private static final class FailingSearch implements DocumentSearchPort {

        private static final IndexReport REPORT = new IndexReport(0, 1, 0, 0, List.of());

        private final AtomicInteger updates = new AtomicInteger();
        private final CountDownLatch third = new CountDownLatch(1);

        @Override
        public IndexReport update(Consumer<IndexProgress> progress, CallContext context) {
            if (updates.incrementAndGet() == 1) {
                throw new IllegalStateException("the engine is broken");
            }
            if (updates.get() == 3) {
                third.countDown();
            }
            return REPORT;
        }

        @Override
        public SearchResult search(DocumentQuery query, CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CorpusState state() {
            return new CorpusState("", 0, 0, false);
        }

        @Override
        public List<DocumentSummary> documents() {
            return List.of();
        }

        @Override
        public DocumentSummary add(String name, byte[] content, CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delete(String name) {
            return false;
        }

        @Override
        public void close() {}
    }
}
