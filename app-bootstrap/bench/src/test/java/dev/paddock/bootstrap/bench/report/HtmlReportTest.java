package dev.paddock.bootstrap.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.RequestCount;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.BenchEnvironment;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.LatencyPercentiles;
import dev.paddock.bootstrap.bench.result.ModeResult.PercentilePoint;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
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
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Runs the script of the page as a browser does, on the data that the page contains, and looks at the markup that it makes. */
class HtmlReportTest {

    private static final Duration SPAN = Duration.ofMillis(10);
    private static final String DATA_START = "<script id=\"data\" type=\"application/json\">";
    private static final String SCRIPT_START = "<script>";
    private static final String SCRIPT_END = "</script>";

    @Test
    void page_twoModesWithFailures_hasAllChartsWellFormedAndLabelled() throws Exception {
        ModeResult pooled = mode(Mode.POOLED, Duration.ofMillis(20), span(0, 3, 1), span(1, 2, 0));
        ModeResult unpooled = mode(Mode.UNPOOLED, Duration.ofMillis(20), span(0, 4, 0), span(1, 2, 0));

        Document document = rendered(HtmlReport.page(result("llama3.2", true, pooled, unpooled)));

        List<Element> charts = elements(document, "svg");
        assertThat(charts).hasSize(5).allSatisfy(chart -> {
            assertThat(chart.getAttribute("role")).isEqualTo("img");
            assertThat(elements(chart, "title").getFirst().getTextContent()).isNotBlank();
        });
        assertThat(charts).extracting(chart -> chart.getAttribute("aria-label")).containsExactly(
                "Latency by percentile",
                "Latency over time, pooled", "Answers and failures over time, pooled",
                "Latency over time, unpooled", "Answers and failures over time, unpooled");
        assertThat(byClass(document, "rect", "bar failures")).hasSize(1);
        assertThat(document.getDocumentElement().getTextContent())
                .contains("answers per second", "400", "connections opened", "unknown", "llama3.2", "tests");
    }

    @Test
    void page_stoppedEarlyWithoutAnswers_saysSo() throws Exception {
        ModeResult failures = mode(Mode.POOLED, SPAN, span(0, 0, 2));

        String text = rendered(HtmlReport.page(result("m", false, failures))).getDocumentElement().getTextContent();

        assertThat(text).contains("Stopped early", "There were no complete answers.");
    }

    @Test
    void page_nothingEnded_saysSo() throws Exception {
        String text = rendered(HtmlReport.page(result("m", false, mode(Mode.POOLED, Duration.ZERO))))
                .getDocumentElement().getTextContent();

        assertThat(text).contains("No request ended.");
    }

    @Test
    void page_latencyInTheTimeWithoutAnswers_breaksTheLine() throws Exception {
        ModeResult gap = mode(Mode.POOLED, Duration.ofMillis(110), span(0, 1, 0), span(1, 1, 0), span(2, 0, 1), span(9, 1, 0));

        Document document = rendered(HtmlReport.page(result("m", true, gap)));

        assertThat(byClass(document, "g", "line p50"))
                .extracting(line -> elements(line, "circle").size())
                .containsExactly(2, 1);
    }

    @Test
    void page_onlyFailures_hasNoLine() throws Exception {
        ModeResult answered = mode(Mode.POOLED, SPAN, span(0, 1, 0));
        ModeResult failed = mode(Mode.UNPOOLED, SPAN, span(0, 0, 1));

        Document document = rendered(HtmlReport.page(result("m", true, answered, failed)));

        assertThat(byClass(document, "g", "line p50")).hasSize(1);
    }

    @Test
    void page_oneAnswerInTheLastMoment_isNoPeak() throws Exception {
        ModeResult short1 = mode(Mode.POOLED, Duration.ofNanos(10_001_000), span(0, 2, 0), span(1, 1, 0));

        List<Element> bars = byClass(rendered(HtmlReport.page(result("m", true, short1))), "rect", "bar answers");

        assertThat(bars).hasSize(2).extracting(bar -> bar.getAttribute("height")).containsOnly(bars.getFirst().getAttribute("height"));
    }

    @Test
    void page_markupInTheData_isShownAndNotRun() throws Exception {
        String name = "a</script><script>alert(1)</script><b>&\"";

        String page = HtmlReport.page(result(name, true, mode(Mode.POOLED, SPAN, span(0, 1, 0))));

        assertThat(Stream.of(page.split("</script>", -1))).hasSize(3);
        assertThat(page).doesNotContain("alert(1)</script>");
        assertThat(rendered(page).getDocumentElement().getTextContent()).contains(name);
    }

    @Test
    void page_itself_loadsNothing() {
        assertThat(HtmlReport.page(result("m", true, mode(Mode.POOLED, SPAN, span(0, 1, 0)))))
                .doesNotContain("http:").doesNotContain("https:").doesNotContain("url(").doesNotContain("src=")
                .contains("prefers-color-scheme: dark");
    }

    private static BenchResult result(String model, boolean complete, ModeResult... modes) {
        LoadPlan plan = new LoadPlan(
                TargetKind.SERVER,
                new Workload(WorkloadKind.CHAT, new ModelName(model), 16),
                new LoadRate(1, null),
                new RequestCount(400, 0, 1));
        return new BenchResult(plan, new BenchEnvironment(Map.of("os", "tests")), List.of(modes), complete);
    }

    private static ModeResult mode(Mode mode, Duration elapsed, TimelinePoint... timeline) {
        long answers = Stream.of(timeline).mapToLong(TimelinePoint::answers).sum();
        long failures = Stream.of(timeline).mapToLong(TimelinePoint::failures).sum();
        Map<ErrorKind, Long> errors = failures == 0 ? Map.of() : Map.of(ErrorKind.SERVER_BUSY, failures);
        Map<Measure, Double> figures = Map.of(Measure.THROUGHPUT, 400.0);
        List<PercentilePoint> distribution =
                answers == 0 ? List.of() : List.of(new PercentilePoint(0, 1), new PercentilePoint(100, 4));
        return new ModeResult(
                mode,
                new Figures(answers, errors, elapsed, figures),
                List.of(),
                distribution,
                List.of(timeline),
                new Connections("none", 1L, null, null));
    }

    private static TimelinePoint span(int index, long answers, long failures) {
        LatencyPercentiles latency = answers == 0 ? null : new LatencyPercentiles(1, 2, 3);
        return new TimelinePoint(SPAN.multipliedBy(index), SPAN, answers, failures, latency);
    }

    /** Returns the markup that the script of a page renders from the data of the page. */
    private static Document rendered(String page) throws Exception {
        String data = between(page, DATA_START);
        try (Context context = Context.enter()) {
            context.setLanguageVersion(Context.VERSION_ES6);
            Scriptable scope = context.initStandardObjects();
            context.evaluateString(scope, between(page, SCRIPT_START), "report.html", 1, null);
            scope.put("data", scope, data);
            String markup = Context.toString(context.evaluateString(scope, "render(JSON.parse(data))", "test", 1, null));
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader("<main>" + markup + "</main>")));
        }
    }

    private static String between(String page, String start) {
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf(SCRIPT_END, from));
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
