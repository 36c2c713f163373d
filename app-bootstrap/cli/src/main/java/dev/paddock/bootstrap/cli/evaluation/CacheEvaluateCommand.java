package dev.paddock.bootstrap.cli.evaluation;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.evaluation.Evaluation.Result;
import dev.paddock.bootstrap.cli.evaluation.LabelledTexts.LabelledQuestion;
import dev.paddock.bootstrap.cli.evaluation.LabelledTexts.Pair;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.reuse.semantic.QuestionGuard;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.domain.reuse.semantic.UnitVector;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how often a semantic cache would hit, and how often it would be wrong. */
@Command(
        name = "evaluate",
        description = "Measures how often a semantic cache would hit and be wrong, on labelled questions, with and without its guards.")
public final class CacheEvaluateCommand extends ServerCommand {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 1000;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "Pairs of questions: columns same (1 if the answer to a may be given to b, else 0), a and b, with tabs between them. "
                    + "Without it, the pairs that come with Paddock.")
    private @Nullable Path pairs;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "A log of questions instead of pairs: columns intent and text. A hit on a question with another intent is wrong.")
    private @Nullable Path questions;

    @Option(
            names = "--thresholds",
            paramLabel = "NUMBERS",
            split = ",",
            defaultValue = "0.75,0.80,0.85,0.90,0.95",
            description = "The thresholds of similarity: ${DEFAULT-VALUE}.")
    private List<Double> thresholds = new ArrayList<>();

    @Option(
            names = "--in-process",
            description = "Embed in this process instead of on a server; needs the module paddock-local-embeddings on the class path.")
    private boolean inProcess;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Override
    protected ExitStatus run() {
        if (pairs != null && questions != null) {
            throw new UsageException("--pairs and --questions exclude each other");
        }
        if (thresholds.isEmpty() || thresholds.stream().anyMatch(each -> !(each > 0 && each <= 1))) {
            throw new UsageException("--thresholds are numbers above 0 and at most 1");
        }
        Function<Evaluation, List<Result>> evaluation = evaluation();
        return inSession(session -> {
            EmbeddingSourcePort source = inProcess ? localSource() : serverSource(session);
            Map<String, Optional<UnitVector>> known = new HashMap<>();
            Evaluation evaluated = new Evaluation(
                    new QuestionGuard(SHORTEST, LONGEST),
                    text -> known.computeIfAbsent(text, first -> vector(source, first, session)).orElse(null));
            print(evaluation.apply(evaluated), known.values().stream().filter(Optional::isEmpty).count());
            return ExitStatus.OK;
        });
    }

    /** Reads the file, before the server is asked. */
    private Function<Evaluation, List<Result>> evaluation() {
        if (questions != null) {
            List<LabelledQuestion> log = LabelledTexts.questions(LocalFiles.bytes(questions));
            return evaluation -> results((threshold, isGuarded) -> evaluation.replay(log, threshold, isGuarded));
        }
        List<Pair> all = pairs == null ? LabelledTexts.builtInPairs() : LabelledTexts.pairs(LocalFiles.bytes(pairs));
        return evaluation -> results((threshold, isGuarded) -> evaluation.pairs(all, threshold, isGuarded));
    }

    private List<Result> results(Measurement measurement) {
        List<Result> results = new ArrayList<>();
        for (boolean isGuarded : new boolean[] {false, true}) {
            thresholds.forEach(threshold -> results.add(measurement.at(threshold, isGuarded)));
        }
        return results;
    }

    private static Optional<UnitVector> vector(EmbeddingSourcePort source, String text, Session session) {
        return Optional.ofNullable(UnitVector.of(source.embed(text, session.newCall()).embedding().vector()));
    }

    private EmbeddingSourcePort serverSource(Session session) {
        ModelName name = model.choose(context(), session, ModelOption.EMBEDDING);
        return (text, call) -> new TextVector(
                name.toString(),
                session.llm().embed(new EmbedRequest(name, List.of(text), EmbedSettings.DEFAULT), call).embeddings().getFirst());
    }

    private static EmbeddingSourcePort localSource() {
        return ServiceLoader.load(EmbeddingSourcePort.class)
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "there is no embedding model on the class path; docs/caching.md says how to add paddock-local-embeddings"));
    }

    private void print(List<Result> results, long withoutVector) {
        if (common().json()) {
            terminal().result(PlainJson.toText(PlainJson.object(
                    "without_vector", withoutVector, "results", results.stream().map(CacheEvaluateCommand::json).toList())));
            return;
        }
        Result any = results.getFirst();
        boolean arePairs = any.different() > 0 || questions == null;
        terminal().result(arePairs
                ? any.same() + " pairs with the same answer, " + any.different() + " with different ones"
                : any.same() + " questions");
        TextTable table = new TextTable(
                List.of(
                        "GUARDS",
                        "THRESHOLD",
                        arePairs ? "SAME SERVED" : "HITS",
                        arePairs ? "DIFFERENT SERVED" : "FALSE HITS",
                        "FALSE OF HITS",
                        "95 % INTERVAL"),
                Set.of(1, 2, 3, 4, 5));
        for (Result result : results) {
            table.add(
                    result.isGuarded() ? "yes" : "no",
                    String.format(Locale.ROOT, "%.2f", result.threshold()),
                    arePairs ? share(result.right(), result.same()) : share(result.right() + result.wrong(), result.same()),
                    arePairs ? share(result.wrong(), result.different()) : String.valueOf(result.wrong()),
                    percent(result.falseHits().fraction()),
                    percent(result.falseHits().low()) + " - " + percent(result.falseHits().high()));
        }
        terminal().table(table);
        if (withoutVector > 0) {
            terminal().note(withoutVector + " texts have no vector and are never hits.");
        }
    }

    private static Map<String, @Nullable Object> json(Result result) {
        return PlainJson.object(
                "threshold", result.threshold(),
                "guards", result.isGuarded(),
                "same", result.same(),
                "different", result.different(),
                "right", result.right(),
                "wrong", result.wrong(),
                "hit_rate", result.hitRate(),
                "false_hit_rate", result.falseHits().fraction(),
                "false_hit_rate_low", result.falseHits().low(),
                "false_hit_rate_high", result.falseHits().high());
    }

    private static String share(int part, int all) {
        return part + (all == 0 ? "" : " (" + percent((double) part / all) + ")");
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f %%", fraction * 100);
    }

    /** One measurement of all questions. */
    @FunctionalInterface
    private interface Measurement {

        Result at(double threshold, boolean isGuarded);
    }
}
