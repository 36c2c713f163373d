package dev.paddock.bootstrap.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.bench.comparison.Comparison;
import dev.paddock.bootstrap.bench.comparison.Summary;
import dev.paddock.bootstrap.bench.load.ArrivalProcess.ConstantArrivals;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.BenchEnvironment;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Figures.FailureSummary;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.LatencyPercentiles;
import dev.paddock.bootstrap.bench.result.ModeResult.LoadCounts;
import dev.paddock.bootstrap.bench.result.ModeResult.PercentilePoint;
import dev.paddock.bootstrap.bench.result.ModeResult.Punctuality;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
import dev.paddock.bootstrap.bench.result.ResultJson;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.model.ModelName;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads the page as XML, which its markup is, too. */
class HtmlReportTest {

    private static final Duration SPAN = Duration.ofMillis(10);

    @Test
    void page_twoModesWithFailures_hasAllChartsWellFormedAndLabelled() throws Exception {
        ModeResult pooled = mode(Mode.POOLED, Duration.ofMillis(20), span(0, 3, 1), span(1, 2, 0));
        ModeResult unpooled = mode(Mode.UNPOOLED, Duration.ofMillis(20), span(0, 4, 0), span(1, 2, 0));

        Document document = page(result("llama3.2", true, pooled, unpooled));

        List<Element> charts = elements(document, "svg");
        assertThat(charts).hasSize(9).allSatisfy(chart -> {
            assertThat(chart.getAttribute("role")).isEqualTo("img");
            assertThat(elements(chart, "title").getFirst().getTextContent()).isNotBlank();
        });
        assertThat(charts).extracting(chart -> chart.getAttribute("aria-label")).containsExactly(
                "Latency by percentile",
                "Time to the first token by percentile",
                "Time between tokens by percentile",
                "Latency over time, pooled",
                "Answers and failures over time, pooled",
                "Requests in progress over time, pooled",
                "Latency over time, unpooled",
                "Answers and failures over time, unpooled",
                "Requests in progress over time, unpooled");
        assertThat(byClass(document, "rect", "bar failures")).hasSize(1);
        assertThat(document.getDocumentElement().getTextContent())
                .contains("answers per second", "400", "connections opened", "unknown", "llama3.2", "tests")
                .contains("What each layer adds");
    }

    @Test
    void page_failures_showTextServerAndCount() throws Exception {
        String text = text(result("m", true, mode(Mode.POOLED, SPAN, span(0, 1, 2))));

        assertThat(text).contains("server_busy", "pooled", "2", "http://one:1", "it has too much to do");
    }

    @Test
    void page_baseline_showsTheComparison() throws Exception {
        BenchResult before = result("m", true, mode(Mode.POOLED, SPAN, span(0, 4, 0)));
        BenchResult now = result("m", true, mode(Mode.POOLED, SPAN, span(0, 2, 0)));
        Comparison comparison = Comparison.of(Summary.of(ResultJson.toMap(before)), Summary.of(ResultJson.toMap(now)));

        Document document = parsed(HtmlReport.page(new ReportTables(now, comparison, List.of("p95>+1%: too slow")), ""));

        assertThat(document.getDocumentElement().getTextContent())
                .contains("Compared with the baseline", "verdict", "too few parts", "Failed", "p95>+1%: too slow");
    }

    @Test
    void page_rateThatWasNotKept_isSaid() throws Exception {
        Punctuality late = new Punctuality(100, 7, Duration.ofMillis(250), 3);
        ModeResult mode = mode(Mode.POOLED, SPAN, late, span(0, 4, 0));

        assertThat(text(result("m", true, mode)))
                .contains("the rate was not kept: 7 of 100 starts", "250 ms", "3 of 4 requests started while the only connection was in use");
    }

    @Test
    void page_target_isNamedWithItsEnvironment() throws Exception {
        assertThat(text(result("m", true, mode(Mode.POOLED, SPAN, span(0, 1, 0)))))
                .contains("Target", "http://gpu-box:11434", "Environment", "tests");
    }

    @Test
    void page_stoppedEarlyWithoutAnswers_saysSo() throws Exception {
        assertThat(text(result("m", false, mode(Mode.POOLED, SPAN, span(0, 0, 2)))))
                .contains("Stopped early", "There were no complete answers.");
    }

    @Test
    void page_nothingEnded_saysSo() throws Exception {
        assertThat(text(result("m", false, mode(Mode.POOLED, Duration.ZERO)))).contains("No request ended.");
    }

    @Test
    void page_latencyInTheTimeWithoutAnswers_breaksTheLine() throws Exception {
        ModeResult gap = mode(Mode.POOLED, Duration.ofMillis(110), span(0, 1, 0), span(1, 1, 0), span(2, 0, 1), span(9, 1, 0));

        assertThat(byClass(page(result("m", true, gap)), "g", "line p50"))
                .extracting(line -> elements(line, "circle").size())
                .containsExactly(2, 1);
    }

    @Test
    void page_onlyFailures_hasNoLine() throws Exception {
        ModeResult answered = mode(Mode.POOLED, SPAN, span(0, 1, 0));
        ModeResult failed = mode(Mode.UNPOOLED, SPAN, span(0, 0, 1));

        assertThat(byClass(page(result("m", true, answered, failed)), "g", "line p50")).hasSize(1);
    }

    @Test
    void page_oneAnswerInTheLastMoment_isNoPeak() throws Exception {
        ModeResult short1 = mode(Mode.POOLED, Duration.ofNanos(10_001_000), span(0, 2, 0), span(1, 1, 0));

        List<Element> bars = byClass(page(result("m", true, short1)), "rect", "bar answers");

        assertThat(bars).hasSize(2).extracting(bar -> bar.getAttribute("height")).containsOnly(bars.getFirst().getAttribute("height"));
    }

    @Test
    void page_everySeriesOfALegend_isDrawn() throws Exception {
        Document document = page(result("m", true, mode(Mode.POOLED, SPAN, span(0, 3, 1))));

        List<String> drawn = Stream.concat(elements(document, "g").stream(), elements(document, "rect").stream())
                .flatMap(element -> Stream.of(element.getAttribute("class").split(" ")))
                .toList();
        assertThat(elements(document, "span")).isNotEmpty().allSatisfy(key ->
                assertThat(drawn).contains(key.getAttribute("class").replace("key ", "")));
    }

    @Test
    void page_maximum_isDrawnOnTopOfTheOtherLines() throws Exception {
        Element chart = elements(page(result("m", true, mode(Mode.POOLED, SPAN, span(0, 3, 0)))), "svg").stream()
                .filter(each -> each.getAttribute("aria-label").startsWith("Latency over time"))
                .findFirst()
                .orElseThrow();

        assertThat(elements(chart, "g")).extracting(line -> line.getAttribute("class")).containsExactly("line p50", "line p95", "line max");
    }

    @Test
    void page_markupInTheData_isShownAndNotRun() throws Exception {
        String name = "a</style><script>alert(1)</script><b>&\"";

        String page = HtmlReport.page(new ReportTables(result(name, true, mode(Mode.POOLED, SPAN, span(0, 1, 0))), null, List.of()), "");

        assertThat(page).doesNotContain("<script").doesNotContain("<b>");
        assertThat(parsed(page).getDocumentElement().getTextContent()).contains(name);
    }

    @Test
    void page_itself_loadsNothingAndHasNoScript() {
        BenchResult result = result("m", true, mode(Mode.POOLED, SPAN, span(0, 1, 0)));

        assertThat(HtmlReport.page(new ReportTables(result, null, List.of()), "body { color: red }"))
                .doesNotContain("url(").doesNotContain("src=").doesNotContain("href=").doesNotContain("<script").doesNotContain("@import")
                .contains("body { color: red }");
    }

    private static BenchResult result(String model, boolean complete, ModeResult... modes) {
        LoadPlan plan = new LoadPlan(
                TargetKind.SERVER,
                Workload.of(WorkloadKind.STREAM, new ModelName(model), 16),
                new LoadRate(1, new ConstantArrivals(10)),
                LoadSize.ofRequests(400, 0, 1),
                List.of());
        return new BenchResult(
                plan, "http://gpu-box:11434", new BenchEnvironment(Map.of("os", "tests")), List.of(modes), complete);
    }

    private static ModeResult mode(Mode mode, Duration elapsed, TimelinePoint... timeline) {
        return mode(mode, elapsed, new Punctuality(1, 0, Duration.ZERO, 0), timeline);
    }

    private static ModeResult mode(Mode mode, Duration elapsed, Punctuality punctuality, TimelinePoint... timeline) {
        long answers = Stream.of(timeline).mapToLong(TimelinePoint::answers).sum();
        long failures = Stream.of(timeline).mapToLong(TimelinePoint::failures).sum();
        Map<ErrorKind, FailureSummary> errors = failures == 0
                ? Map.of()
                : Map.of(ErrorKind.SERVER_BUSY, new FailureSummary(failures, "it has too much to do", "http://one:1"));
        List<PercentilePoint> points =
                answers == 0 ? List.of() : List.of(new PercentilePoint(0, 1), new PercentilePoint(100, 4));
        return new ModeResult(
                mode,
                new Figures(answers, errors, elapsed, Map.of(Measure.THROUGHPUT, 400.0)),
                List.of(),
                Map.of(),
                Map.of(LimitedTime.LATENCY, points, LimitedTime.FIRST_TOKEN, points, LimitedTime.BETWEEN_TOKENS, points),
                List.of(timeline),
                new Connections("none", 1L, null, 1, null, null),
                new LoadCounts(0, 1, 2, List.of(), punctuality));
    }

    private static TimelinePoint span(int index, long answers, long failures) {
        LatencyPercentiles latency = answers == 0 ? null : new LatencyPercentiles(1, 2, 3);
        return new TimelinePoint(SPAN.multipliedBy(index), SPAN, answers, failures, 1, latency);
    }

    private static String text(BenchResult result) throws Exception {
        return page(result).getDocumentElement().getTextContent();
    }

    private static Document page(BenchResult result) throws Exception {
        return parsed(HtmlReport.page(new ReportTables(result, null, List.of()), ""));
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    private static List<Element> byClass(Document document, String name, String style) {
        return elements(document, name).stream()
                .filter(element -> element.getAttribute("class").equals(style))
                .toList();
    }

    private static List<Element> elements(Document document, String name) {
        return elements(document.getDocumentElement(), name);
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return new ArrayList<>(IntStream.range(0, found.getLength()).mapToObj(index -> (Element) found.item(index)).toList());
    }
}
