package dev.paddock.adapters.http.documentsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.exchange.CallContext;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents of clients whose reading does not end by itself: the clock of the readers holds them. */
@Timeout(60)
class UploadReaderTest {

    private static final int PLACES = UploadReader.AT_ONCE + UploadReader.WAITING;

    @TempDir
    private Path directory;

    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(UploadReader.AT_ONCE);
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger onVirtualThreads = new AtomicInteger();
    private final AtomicLong step = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private volatile boolean isHeld;
    private LuceneDocumentSearch documents;

    @BeforeEach
    void openIndex() {
        DocumentSettings settings = new DocumentSettings(
                directory.resolve("folder").toString(),
                directory.resolve("index").toString(),
                null,
                DocumentSettings.Cutting.DEFAULT,
                DocumentSettings.EmbeddedTexts.DEFAULT,
                DocumentSettings.Limits.DEFAULT);
        documents = LuceneDocumentSearch.open(settings, new WordVectors(), this::nanos, InstantSource.system());
    }

    @AfterEach
    void closeIndex() {
        released.countDown();
        documents.close();
    }

    @Test
    void add_manyThatDoNotEnd_takeNoThreadOfOthersAndAreBounded() throws InterruptedException {
        isHeld = true;
        BlockingQueue<Object> results = new LinkedBlockingQueue<>();
        for (int number = 0; number <= PLACES; number++) {
            start("slow" + number + ".txt", results);
        }

        Object first = results.take(); // all others are held
        assertThat(first).isInstanceOfSatisfying(DocumentException.class, busy -> {
            assertThat(busy.failure()).isEqualTo(DocumentFailure.BUSY);
            assertThat(busy).hasMessageContaining("cannot be read now: " + PLACES + " others are being read");
        });
        assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(documents.search(DocumentQuery.of("text").withMethod(SearchMethod.BM25), CallContext.create()).passages()).isEmpty();
        assertThat(results).isEmpty();
        released.countDown();

        assertThat(take(PLACES, results)).hasOnlyElementsOfType(String.class);
        assertThat(mostAtOnce).hasValue(UploadReader.AT_ONCE);
        assertThat(onVirtualThreads).hasValue(0);
    }

    @Test
    void add_callerLeaves_waitsNoLonger() throws InterruptedException {
        isHeld = true;
        CallContext context = CallContext.create();
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        Thread.ofVirtual().start(() -> failures.add(catchThrowable(() -> documents.add("a.txt", "text".getBytes(UTF_8), context))));
        Thread.ofVirtual().start(() -> failures.add(catchThrowable(() -> documents.add("b.txt", "text".getBytes(UTF_8), context))));
        assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();

        context.cancellation().cancel();

        assertThat(failures.take()).isInstanceOf(CallCancelledException.class);
        assertThat(failures.take()).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void add_callerThatWaitsLeaves_letsAnotherWait() throws InterruptedException {
        isHeld = true;
        BlockingQueue<Object> results = new LinkedBlockingQueue<>();
        for (int number = 0; number < UploadReader.AT_ONCE; number++) {
            start("read" + number + ".txt", results);
        }
        assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
        Map<String, CallContext> waiting = new HashMap<>();
        for (int number = 0; number <= UploadReader.WAITING; number++) {
            String name = "waits" + number + ".txt";
            waiting.put(name, start(name, results));
        }
        DocumentException busy = (DocumentException) results.take(); // so all others wait
        waiting.keySet().removeIf(name -> requireNonNull(busy.getMessage()).contains(name));
        assertThat(waiting).hasSize(UploadReader.WAITING);

        waiting.values().iterator().next().cancellation().cancel();
        assertThat(results.take()).isInstanceOf(CallCancelledException.class);
        List<CallContext> both = List.of(start("next.txt", results), start("other.txt", results));

        assertThat(results.take()).isInstanceOf(DocumentException.class); // there is a place for one of them
        both.forEach(context -> context.cancellation().cancel());
        assertThat(results.take()).isInstanceOf(CallCancelledException.class);
        released.countDown();
        assertThat(take(PLACES - 1, results)).hasOnlyElementsOfType(String.class);
    }

    @Test
    void check_afterTheLongestTime_endsTheReading() {
        ReadingLimit limit = new ReadingLimit(this::nanos);
        step.set(ReadingLimit.LONGEST.toNanos());
        limit.check();

        assertThatThrownBy(limit::check).isInstanceOf(DocumentException.class).hasMessage("takes longer than 60 s to read");
    }

    /** Adds a document on a thread of its own. The result is its name, or what was thrown. */
    private CallContext start(String name, BlockingQueue<Object> results) {
        CallContext context = CallContext.create();
        Thread.ofVirtual().start(() -> {
            Throwable failure = catchThrowable(() -> documents.add(name, "text".getBytes(UTF_8), context));
            results.add(failure == null ? name : failure);
        });
        return context;
    }

    private static List<Object> take(int count, BlockingQueue<Object> results) throws InterruptedException {
        List<Object> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(results.take());
        }
        return taken;
    }

    /** The clock, which a reading asks when it begins. */
    private long nanos() {
        if (isHeld && Thread.currentThread().getName().startsWith("paddock-documents-reader")) {
            onVirtualThreads.addAndGet(Thread.currentThread().isVirtual() ? 1 : 0);
            mostAtOnce.accumulateAndGet(reading.incrementAndGet(), Math::max);
            arrived.countDown();
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                reading.decrementAndGet();
            }
        }
        return now.addAndGet(step.get());
    }
}
