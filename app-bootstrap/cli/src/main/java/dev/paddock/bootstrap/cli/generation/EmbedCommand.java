package dev.paddock.bootstrap.cli.generation;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.AnswerChunk;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.model.embedding.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Embeds texts. */
@Command(
        name = "embed",
        description = "Embeds texts: prints one JSON array per line, or one JSON object with all vectors.")
public final class EmbedCommand extends ServerCommand {

    @Parameters(
            paramLabel = "TEXT",
            arity = "0..*",
            description = "The texts; without any, each line of standard input is a text.")
    private List<String> texts = new ArrayList<>();

    @Option(
            names = "--dimensions",
            paramLabel = "N",
            description = "The length of the vectors, for models that support it.")
    private @Nullable Integer dimensions;

    @Option(names = "--truncate", negatable = true, description = "Truncate texts that are too long, or refuse them.")
    private @Nullable Boolean truncate;

    @Option(
            names = "--keep-alive",
            paramLabel = "DURATION",
            description = "The time for which the model stays loaded: a duration, 0 or forever.")
    private @Nullable KeepAlive keepAlive;

    @Mixin private final ModelOption model = new ModelOption();

    @Override
    protected ExitStatus run() {
        EmbedSettings settings = settings();
        List<String> input = input();
        return inSession(session -> {
            EmbedRequest request =
                    new EmbedRequest(model.choose(context(), session, ModelOption.EMBEDDING), input, settings);
            print(session.llm().embed(request, session.newCall()));
            return ExitStatus.OK;
        });
    }

    private List<String> input() {
        List<String> input = texts.isEmpty() && !terminal().traits().input()
                ? terminal().readAll().lines().filter(line -> !line.isBlank()).toList()
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
        if (!common().json()) {
            vectors.forEach(vector -> terminal().result(PlainJson.toText(vector)));
            return;
        }
        terminal().result(new JsonObjectBuilder()
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
