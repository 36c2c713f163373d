package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.model.embedding.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns texts into vectors. */
@Command(
        name = "embed",
        description = "Turns texts into vectors: one JSON array a line, or one JSON object with all of them.")
final class EmbedCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..*",
            description = "The texts; without any, every line of standard input is one.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            description = "The length of the vectors, for models that can choose.")
    private @Nullable Integer dimensions;

    @Option(names = "--truncate", negatable = true, description = "Cut texts that are too long, or refuse them.")
    private @Nullable Boolean truncate;

    @Option(
            names = "--keep-alive",
            paramLabel = "DURATION",
            converter = KeepAliveConverter.class,
            description = "How long the model stays loaded: a duration, 0 or forever.")
    private @Nullable KeepAlive keepAlive;

    @Mixin private final ModelOption model = new ModelOption();
    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    EmbedCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        EmbedSettings settings = settings();
        List<String> input = input();
        return new SessionRunner(context.sessions()).run(server, session -> {
            ModelChoice choice = new ModelChoice(context, ModelChoice.EMBEDDING);
            EmbedRequest request = new EmbedRequest(choice.choose(session, model), input, settings);
            print(session.llm().embed(request, session.newCall()));
            return ExitStatus.OK.code();
        });
    }

    private List<String> input() {
        List<String> input = texts.isEmpty() && !context.terminal().traits().input()
                ? StandardInput.text(context.terminal()).lines().filter(line -> !line.isBlank()).toList()
                : texts;
        if (input.isEmpty()) {
            throw new UsageException("there is no text: give one or more as arguments, or lines on standard input");
        }
        return input;
    }

    private EmbedSettings settings() {
        if (dimensions != null && dimensions < 1) {
            throw new UsageException("--dimensions must be at least 1");
        }
        EmbedSettings settings = EmbedSettings.DEFAULT;
        settings = dimensions == null ? settings : settings.withDimensions(dimensions);
        settings = truncate == null ? settings : settings.withTruncate(truncate);
        return keepAlive == null ? settings : settings.withKeepAlive(keepAlive);
    }

    private void print(EmbedResponse answer) {
        List<List<Float>> vectors = answer.embeddings().stream().map(EmbedCommand::numbers).toList();
        if (!common.json()) {
            vectors.forEach(vector -> context.terminal().result(PlainJson.toText(vector)));
            return;
        }
        context.terminal().result(new JsonObjectBuilder()
                .put("model", answer.model())
                .put("embeddings", vectors)
                .put("usage", AnswerChunk.usage(answer.usage()).toMap())
                .put("timings", AnswerChunk.timings(answer.timings()).toMap())
                .toJson());
    }

    private static List<Float> numbers(Embedding embedding) {
        List<Float> numbers = new ArrayList<>(embedding.dimensions());
        for (float number : embedding.vector()) {
            numbers.add(number);
        }
        return numbers;
    }
}
