package dev.paddock.test;

import static dev.paddock.test.CallMatcher.textContains;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The extension as JUnit runs it. The cases below note what they have seen. */
@Timeout(120)
class PaddockSimulatorTest {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void annotatedClass_injectsOneServerEverywhere() {
        run(1, SharedCase.class).assertStatistics(tests -> tests.started(7).succeeded(7));

        assertThat(SEEN).hasSize(1);
        assertIsStopped(SEEN.iterator().next());
    }

    @Test
    void annotatedClass_oneInstanceForAllTests_injectsOneServer() {
        run(1, OneInstanceCase.class).assertStatistics(tests -> tests.started(2).succeeded(2));

        assertThat(SEEN).hasSize(1);
    }

    @Test
    void annotatedClass_runInParallel_runsItsTestsOneAfterAnother() {
        RunningTests.reset();

        run(8, SerialCase.class, OtherSerialCase.class).assertStatistics(tests -> tests.started(40).succeeded(40));

        assertThat(SEEN).hasSize(2);
        assertThat(RunningTests.MOST_OF_ONE_SERVER).hasValue(1);
    }

    @Test
    void annotatedElements_runInParallel_haveServersOfTheirOwn() {
        run(2, OwnServersCase.class).assertStatistics(tests -> tests.started(3).succeeded(3));

        assertThat(SEEN).hasSize(3);
        SEEN.forEach(PaddockSimulatorTest::assertIsStopped);
    }

    @Test
    void systemProperty_isSetWhileTheServerRuns() {
        System.setProperty("paddock.test.other", "before");

        run(4, PropertyCase.class, OtherPropertyCase.class).assertStatistics(tests -> tests.started(3).succeeded(3));

        assertThat(System.getProperty("paddock.test.url")).isNull();
        assertThat(System.clearProperty("paddock.test.other")).isEqualTo("before");
    }

    @Test
    void attributes_ofTheAnnotation_setUpServerAndClient() {
        run(1, AttributesCase.class).assertStatistics(tests -> tests.started(2).succeeded(2));
    }

    @Test
    void composedAnnotation_isTheAnnotation() {
        run(1, ComposedCase.class).assertStatistics(tests -> tests.started(1).succeeded(1));
    }

    @Test
    void wrongUse_isExplained() {
        assertFails(StaticFieldCase.class, "needs @PaddockSimulator on its class");
        assertFails(FinalFieldCase.class, "must not be final");
        assertFails(OtherTypeCase.class, "cannot inject a java.lang.Integer");
        assertFails(OneInstanceWithoutClassCase.class, "what serves several tests needs @PaddockSimulator on class");
        assertFails(WrongSettingCase.class, "a setting is key=value, not 'retries'");
    }

    private static void assertFails(Class<?> testCase, String part) {
        assertThat(results(1, testCase).allEvents().failed().list())
                .as(testCase.getSimpleName())
                .anySatisfy(event -> assertThat(event).is(finishedWithFailure(message(text -> text.contains(part)))));
    }

    private static Events run(int threads, Class<?>... cases) {
        Events tests = results(threads, cases).testEvents();
        assertThat(tests.failed().list()).isEmpty();
        return tests;
    }

    private static EngineExecutionResults results(int threads, Class<?>... cases) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(cases).map(each -> selectClass(each)).toList())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", String.valueOf(threads > 1))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", String.valueOf(threads))
                .execute();
    }

    private static void assertIsStopped(String baseUrl) {
        assertThatExceptionOfType(IOException.class)
                .as("something listens at " + baseUrl)
                .isThrownBy(() -> new Socket("127.0.0.1", URI.create(baseUrl).getPort()).close());
    }

    private static String ask(LlmPort llm, String text) {
        return llm.chat(ChatRequest.of("my-model", text)).text();
    }

    @PaddockSimulator
    static class SharedCase {

        @PaddockSimulator
        private static StubbedServer ofClass;

        @PaddockSimulator
        private static Paddock clientOfClass;

        @PaddockSimulator
        private String baseUrl;

        @PaddockSimulator
        private LlmPort llm;

        private final StubbedServer ofConstructor;

        SharedCase(StubbedServer server) {
            ofConstructor = server;
        }

        @BeforeAll
        static void stubForAll(StubbedServer server) {
            server.when(textContains("all")).answer(StubAnswer.text("first"), StubAnswer.text("second"));
        }

        @BeforeEach
        void stubForEach(StubbedServer server) {
            server.when(textContains("each")).answer("each");
        }

        @AfterEach
        void note() {
            SEEN.add(ofClass.baseUrl());
        }

        @AfterAll
        static void noteAtTheEnd(BaseUrl url) {
            SEEN.add(url.toString());
        }

        @RepeatedTest(2)
        void stubsAndCalls_areThoseOfTheTest(StubbedServer server) {
            assertThat(server).isSameAs(ofClass).isSameAs(ofConstructor);
            assertThat(baseUrl).isEqualTo(server.baseUrl());
            assertThat(server.calls()).isEmpty();
            assertThat(ask(llm, "all")).isEqualTo("first");
            assertThat(ask(llm, "all")).isEqualTo("second");
            assertThat(ask(llm, "each")).isEqualTo("each");
            server.when(textContains("each")).answer("of this test only");
            server.verifyCalled(3);
            assertThat(server.simulator().counters().requests()).isEqualTo(3);
        }

        @Test
        void client_isThatOfTheTest(Paddock client, LlmPort port, @PaddockSimulator URI uri) {
            assertThat(client.llm()).isSameAs(port).isSameAs(llm).isNotSameAs(clientOfClass.llm());
            ofClass.byDefault("yes");
            assertThat(ask(clientOfClass.llm(), "go")).isEqualTo("yes");
            assertThat(uri.toString()).isEqualTo(ofClass.baseUrl());
        }

        @ParameterizedTest
        @ValueSource(strings = {"all", "each"})
        void parameters_besideThoseOfTheTest_areInjected(String text, StubbedServer server) {
            assertThat(ask(llm, text)).isEqualTo(text.equals("all") ? "first" : "each");
            server.verifyCalled(1, textContains(text));
        }

        @Nested
        class Inside {

            @PaddockSimulator
            private StubbedServer field;

            @Test
            void server_isThatOfTheOuterClass(StubbedServer server) {
                assertThat(server).isSameAs(ofClass).isSameAs(field);
                assertThat(ask(llm, "each")).isEqualTo("each");
                server.verifyCalled(1);
            }
        }

        @Nested
        @PaddockSimulator
        class InsideWithItsOwn {

            @Test
            void server_isItsOwn(StubbedServer server, LlmPort port) {
                assertThat(server).isNotSameAs(ofClass);
                server.byDefault("own");
                assertThat(ask(port, "other")).isEqualTo("own");
                assertThat(ofClass.calls()).isEmpty();
            }
        }
    }

    @PaddockSimulator
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstanceCase {

        @PaddockSimulator
        private static StubbedServer ofClass;

        @PaddockSimulator
        private Paddock client;

        @BeforeAll
        void stubForAll(StubbedServer server) {
            server.when(textContains("all")).answer("all");
        }

        @RepeatedTest(2)
        void server_isThatOfTheClass(StubbedServer server) {
            SEEN.add(server.baseUrl());
            assertThat(server).isSameAs(ofClass);
            assertThat(ask(client.llm(), "all")).isEqualTo("all");
            server.verifyCalled(1);
        }
    }

    /** Counts the tests that use one server at the same time. */
    static final class RunningTests {

        static final AtomicInteger MOST_OF_ONE_SERVER = new AtomicInteger();
        private static final ConcurrentHashMap<String, AtomicInteger> RUNNING = new ConcurrentHashMap<>();

        private RunningTests() {}

        static void reset() {
            MOST_OF_ONE_SERVER.set(0);
            RUNNING.clear();
        }

        static void use(StubbedServer server, LlmPort llm) {
            SEEN.add(server.baseUrl());
            int running = RUNNING.computeIfAbsent(server.baseUrl(), url -> new AtomicInteger()).incrementAndGet();
            MOST_OF_ONE_SERVER.accumulateAndGet(running, Math::max);
            server.byDefault("yes");
            assertThat(ask(llm, "go")).isEqualTo("yes");
            server.verifyCalled(1);
            RUNNING.get(server.baseUrl()).decrementAndGet();
        }
    }

    @PaddockSimulator
    static class SerialCase {

        @RepeatedTest(10)
        void one(StubbedServer server, LlmPort llm) {
            RunningTests.use(server, llm);
        }

        @RepeatedTest(10)
        void two(StubbedServer server, LlmPort llm) {
            RunningTests.use(server, llm);
        }
    }

    static final class OtherSerialCase extends SerialCase {}

    static class OwnServersCase {

        private static final CountDownLatch BOTH = new CountDownLatch(2);

        @PaddockSimulator
        private StubbedServer field;

        @Test
        void one(@PaddockSimulator StubbedServer server, @PaddockSimulator LlmPort llm) throws InterruptedException {
            use(server, llm);
        }

        @Test
        @PaddockSimulator
        void two(StubbedServer server, LlmPort llm) throws InterruptedException {
            use(server, llm);
        }

        @Test
        void three(@PaddockSimulator String baseUrl) {
            SEEN.add(baseUrl);
            assertThat(field.baseUrl()).isEqualTo(baseUrl);
        }

        private void use(StubbedServer server, LlmPort llm) throws InterruptedException {
            SEEN.add(server.baseUrl());
            assertThat(server).isSameAs(field);
            server.byDefault("yes");
            BOTH.countDown();
            assertThat(BOTH.await(60, TimeUnit.SECONDS)).as("two tests run at the same time").isTrue();
            assertThat(ask(llm, "go")).isEqualTo("yes");
            server.verifyCalled(1);
        }
    }

    @PaddockSimulator(systemProperty = "paddock.test.url")
    static class PropertyCase {

        @RepeatedTest(2)
        void property_isTheBaseUrl(BaseUrl url) {
            assertThat(System.getProperty("paddock.test.url")).isEqualTo(url.toString());
        }
    }

    @PaddockSimulator(systemProperty = "paddock.test.other")
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OtherPropertyCase {

        private final String atConstruction = System.getProperty("paddock.test.other");

        @Test
        void property_isTheBaseUrl(BaseUrl url) {
            assertThat(atConstruction).isEqualTo(url.toString());
        }
    }

    @PaddockSimulator(models = "mistral:7b", settings = "paddock.retry.max-retries=0")
    static class AttributesCase {

        @Test
        void model_isInstalled(Paddock client) {
            assertThat(client.llm().chat(ChatRequest.of("mistral:7b", "go")).text()).isNotEmpty();
        }

        @Test
        void setting_isThatOfTheClient(Paddock client, StubbedServer server) {
            server.when().answer(StubAnswer.busy(), StubAnswer.text("too late"));
            assertThat(catchThrowable(() -> ask(client.llm(), "go"))).isNotNull();
            server.verifyCalled(1);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @PaddockSimulator(models = "composed:1b")
    @interface ModelTest {}

    @ModelTest
    static class ComposedCase {

        @Test
        void model_isInstalled(LlmPort llm) {
            assertThat(llm.chat(ChatRequest.of("composed:1b", "go")).text()).isNotEmpty();
        }
    }

    static class StaticFieldCase {

        @PaddockSimulator
        private static StubbedServer server;

        @Test
        void never() {}
    }

    @PaddockSimulator
    static class FinalFieldCase {

        @PaddockSimulator
        private final StubbedServer server = null;

        @Test
        void never() {}
    }

    @PaddockSimulator
    static class OtherTypeCase {

        @Test
        void never(@PaddockSimulator Integer number) {}
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstanceWithoutClassCase {

        @PaddockSimulator
        private StubbedServer server;

        @Test
        void never() {}
    }

    @PaddockSimulator(settings = "retries")
    static class WrongSettingCase {

        @Test
        void never(Paddock client) {}
    }
}
