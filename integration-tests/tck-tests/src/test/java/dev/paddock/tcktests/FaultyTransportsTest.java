package dev.paddock.tcktests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.BrokenResponseTestSuite;
import dev.paddock.tck.transport.CancellationTestSuite;
import dev.paddock.tck.transport.ConnectionReuseTestSuite;
import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;
import dev.paddock.tck.transport.LifecycleTestSuite;
import dev.paddock.tck.transport.PoolTestSuite;
import dev.paddock.tck.transport.RequestFidelityTestSuite;
import dev.paddock.tck.transport.TimeoutTestSuite;
import dev.paddock.tck.transport.TlsTestSuite;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit finds faults: each of these transports fails the case that is meant for it. */
class FaultyTransportsTest {

    private static final Map<Case, Future<List<String>>> RUNS = new EnumMap<>(Case.class);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    /** A faulty transport, and the case that finds it. */
    enum Case {
        BUFFERS_EVERYTHING(Buffering.class, "read_chunksOneByOne_areHandedOverOneByOne"),
        IGNORES_CANCEL(Ignoring.class, "cancel_waitingForTheHead_failsTheCallAndTheServerSeesIt"),
        DRAINS_ON_CLOSE(Draining.class, "close_responseHalfRead_abortsAndTheServerSeesIt"),
        CAPS_AT_FIVE(Capping.class, "execute_twoHundredStreams_areOpenAtOnce"),
        RETRIES_SILENTLY(Retrying.class, "execute_serverClosesInsteadOfAnswering_isNoResponse"),
        REPORTS_WRONG_COUNTS(Miscounting.class, "observe_callsThatEndInEveryWay_addUp"),
        REPORTS_WRONG_COUNTS_TO_ITS_LISTENER(
                MiscountingAlone.class, "ledger_callsInParallel_agreesWithWhatTheServerAccepted"),
        SWALLOWS_TRUNCATION(Swallowing.class, "read_bodyThatEndsEarly_isTruncated"),
        ADDS_A_FIELD(Adding.class, "execute_getRequest_addsNothingButTheHost"),
        TELLS_NO_PHASES(Silent.class, "execute_silentServer_timesOutInTheHead"),
        TRUSTS_EVERYBODY(Credulous.class, "execute_untrustedCertificate_isRefused"),
        LEAVES_THREADS(Leaving.class, "close_manyTransportsInTurn_leavesNoThreadsBehind");

        private final Class<?> suite;
        private final String finder;

        Case(Class<?> suite, String finder) {
            this.suite = suite;
            this.finder = finder;
        }
    }

    /** Runs all at once, because those that hang take a while. */
    @BeforeAll
    static void runAll() {
        for (Case faulty : Case.values()) {
            RUNS.put(faulty, THREADS.submit(() -> failuresOf(faulty)));
        }
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void suite_faultyTransport_fails(Case faulty) throws ExecutionException, InterruptedException, TimeoutException {
        assertThat(RUNS.get(faulty).get(3, TimeUnit.MINUTES)).contains(faulty.finder);
    }

    private static List<String> failuresOf(Case faulty) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectMethod(faulty.suite, finderOf(faulty)))
                                .configurationParameter("paddock.tck.case-timeout", "10")
                                .build(),
                        listener);
        return listener.getSummary().getFailures().stream()
                .map(TestExecutionSummary.Failure::getTestIdentifier)
                .map(TestIdentifier::getSource)
                .flatMap(Optional::stream)
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getMethodName())
                .toList();
    }

    private static Method finderOf(Case faulty) {
        return ReflectionSupport.findMethods(
                        faulty.suite, method -> method.getName().equals(faulty.finder), HierarchyTraversalMode.TOP_DOWN)
                .getFirst();
    }

    static class Buffering extends IncrementalDeliveryTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.BuffersEverything();
        }
    }

    static class Ignoring extends CancellationTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.IgnoresCancel();
        }
    }

    static class Draining extends CancellationTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.DrainsOnClose();
        }
    }

    static class Capping extends PoolTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.CapsAtFive();
        }
    }

    static class Retrying extends BrokenResponseTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.RetriesSilently();
        }
    }

    static class Miscounting extends PoolTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.ReportsWrongCounts();
        }
    }

    static class MiscountingAlone extends ConnectionReuseTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.ReportsWrongCounts();
        }
    }

    static class Swallowing extends BrokenResponseTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.SwallowsTruncation();
        }
    }

    static class Adding extends RequestFidelityTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.AddsAField();
        }
    }

    static class Silent extends TimeoutTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.TellsNoPhases();
        }
    }

    static class Credulous extends TlsTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.TrustsEverybody();
        }
    }

    static class Leaving extends LifecycleTestSuite {
        @Override
        public HttpTransportFactory factory() {
            return new FaultyTransports.LeavesThreads();
        }
    }
}
