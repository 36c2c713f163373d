package dev.paddock.tcktests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.example.socket.SocketTransportFactory;
import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;
import dev.paddock.tck.transport.Safety;
import dev.paddock.tck.transport.Strict;
import dev.paddock.tck.transport.StrictCases;
import dev.paddock.tck.transport.TransportTestSuite;
import dev.paddock.tck.transport.UnsupportedCases;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each case has one level, and the kit keeps the rules of declarations. */
class LevelsTest {

    /** The base has no cases, and HTTP/2 is a matter of the transports that speak it. */
    private static final Set<String> NOT_FOR_ALL = Set.of("TransportTestSuite", "Http2TestSuite");

    private static final Path SUITES = Path.of("../tck/src/main/java/dev/paddock/tck/transport");

    @Test
    void suites_eachCase_hasExactlyOneLevel() {
        List<String> wrong = cases()
                .filter(method -> method.isAnnotationPresent(Safety.class) == method.isAnnotationPresent(Strict.class))
                .map(Method::getName)
                .toList();
        assertThat(wrong).as("cases with no level or with both").isEmpty();
    }

    @Test
    void suites_strictCases_haveNamesAndTitlesOfTheirOwn() {
        List<Method> strict = cases().filter(method -> method.isAnnotationPresent(Strict.class)).toList();
        assertThat(strict).as("strict cases").isNotEmpty();
        for (Method method : strict) {
            assertThat(cases().filter(other -> other.getName().equals(method.getName())))
                    .as("cases of this name, because a declaration goes by it")
                    .hasSize(1);
        }
        assertThat(strict.stream().map(method -> method.getAnnotation(Strict.class).value()))
                .as("titles, which are the keys of the table")
                .doesNotHaveDuplicates();
    }

    @Test
    void suites_all_areListed() throws IOException {
        try (Stream<Path> files = Files.list(SUITES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> name.endsWith("TestSuite") && !NOT_FOR_ALL.contains(name)))
                    .as("files of suites")
                    .containsExactlyInAnyOrderElementsOf(
                            TransportTestSuite.ALL.stream().map(Class::getSimpleName).toList());
        }
    }

    @Test
    void declared_caseThatFails_isSkippedWithTheReason() {
        assertThat(outcomes(Failing.class))
                .as("what the report shows")
                .anySatisfy(outcome -> assertThat(outcome)
                        .startsWith("ABORTED")
                        .contains("not supported: it cannot", "expected so"));
    }

    @Test
    void declared_caseThatPasses_fails() {
        assertThat(outcomes(Passing.class))
                .as("what the report shows")
                .anySatisfy(outcome -> assertThat(outcome).startsWith("FAILED").contains("remove the declaration"));
    }

    @Test
    void report_caseThatFails_namesItsLevel() {
        assertThat(outcomes(FailingOfEachLevel.class))
                .as("what the report shows")
                .anySatisfy(outcome -> assertThat(outcome).startsWith("FAILED").contains("level safety: [it holds]"))
                .anySatisfy(outcome -> assertThat(outcome)
                        .startsWith("FAILED")
                        .contains("level strict: java.lang.IllegalStateException: unexpected"));
    }

    @Test
    void declared_raceThatPasses_passes() {
        assertThat(outcomes(Racing.class)).as("what the report shows").allMatch(outcome -> outcome.startsWith("SUCCESSFUL"));
    }

    @Test
    void declared_caseThatHangs_isSkipped() {
        assertThat(outcomes(Hanging.class))
                .as("what the report shows")
                .anySatisfy(outcome -> assertThat(outcome).startsWith("ABORTED").contains("hung for"));
    }

    @ParameterizedTest
    @ValueSource(classes = {Unknown.class, DeclaredSafety.class, UnknownInvocation.class})
    void declared_noSuchStrictCase_fails(Class<?> suite) {
        assertThat(outcomes(suite))
                .as("what the report shows")
                .anySatisfy(outcome -> assertThat(outcome).startsWith("FAILED").contains("declared as unsupported, but"));
    }

    @Test
    void with_badDeclaration_isRefused() {
        UnsupportedCases one = UnsupportedCases.none().with("a", "reason");
        assertThatIllegalArgumentException().isThrownBy(() -> one.with("a", "again")).withMessageContaining("twice");
        assertThatIllegalArgumentException().isThrownBy(() -> one.with("b", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> one.with("b", "two\nlines"));
    }

    @Test
    void column_declarations_saysWhatIsNotSupportedAndWhy() {
        UnsupportedCases declared = UnsupportedCases.none()
                .with("read_trailersThatEndEarly_areTruncated", "no trailers")
                .with("execute_serverSaysSoInARareWay_isHonoured[HTTP/1.0]", "one way only");
        assertThat(StrictCases.column(declared).values())
                .as("cells of the column")
                .contains("yes", "no: no trailers", "not HTTP/1.0: one way only");
    }

    private static Stream<Method> cases() {
        Predicate<Method> isCase = method -> method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class);
        return TransportTestSuite.ALL.stream()
                .flatMap(suite -> Arrays.stream(suite.getDeclaredMethods()))
                .filter(isCase);
    }

    private static List<String> outcomes(Class<?> suite) {
        List<String> outcomes = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite)).build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                outcomes.add(result.getStatus() + " " + result.getThrowable().map(Throwable::getMessage));
                            }
                        });
        return outcomes;
    }

    /** A suite with cases of its own; its name keeps it from the build. */
    abstract static class Own extends IncrementalDeliveryTestSuite {

        @Override
        public HttpTransportFactory factory() {
            return new SocketTransportFactory();
        }
    }

    static class FailingOfEachLevel extends Own {

        @Safety
        @Test
        void read_anything_holds() {
            assertThat(1).as("it holds").isEqualTo(2);
        }

        @Strict("title")
        @Test
        void read_somethingElse_fails() {
            throw new IllegalStateException("unexpected");
        }
    }

    static class Failing extends Own {

        @Strict("title")
        @Test
        void read_trailersThatEndEarly_areTruncated() {
            throw new AssertionError("expected so");
        }

        @Override
        public UnsupportedCases unsupported() {
            return UnsupportedCases.none().with("read_trailersThatEndEarly_areTruncated", "it cannot");
        }
    }

    static class Passing extends Own {

        @Strict("title")
        @Test
        void read_trailersThatEndEarly_areTruncated() {}

        @Override
        public UnsupportedCases unsupported() {
            return UnsupportedCases.none().with("read_trailersThatEndEarly_areTruncated", "it cannot");
        }
    }

    static class Racing extends Own {

        @Strict("title")
        @Test
        void read_trailersThatEndEarly_areTruncated() {}

        @Override
        public UnsupportedCases unsupported() {
            return UnsupportedCases.none().withRace("read_trailersThatEndEarly_areTruncated", "it may");
        }
    }

    static class Hanging extends Own {

        @Strict("title")
        @Test
        void read_trailersThatEndEarly_areTruncated() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Override
        public UnsupportedCases unsupported() {
            return UnsupportedCases.none().with("read_trailersThatEndEarly_areTruncated", "it cannot");
        }
    }

    static class Unknown extends Own {

        @Override
        public UnsupportedCases unsupported() {
            return UnsupportedCases.none().with("read_noSuchCase_isKnown", "it cannot");
        }
    }

    static class DeclaredSafety extends Own {

        @Override
        public UnsupportedCases unsupported() {
            return UnsupportedCases.none().with("read_chunksOneByOne_areHandedOverOneByOne", "it cannot");
        }
    }

    static class UnknownInvocation extends Own {

        @Strict("title")
        @ParameterizedTest(name = "{0}")
        @ValueSource(ints = {1, 2})
        void execute_serverSaysSoInARareWay_isHonoured(int number) {}

        @Override
        public UnsupportedCases unsupported() {
            return UnsupportedCases.none().with("execute_serverSaysSoInARareWay_isHonoured[3]", "it cannot");
        }
    }
}
