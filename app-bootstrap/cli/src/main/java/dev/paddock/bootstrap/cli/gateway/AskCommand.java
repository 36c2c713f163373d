package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.CommonOptions.StreamOption;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.domain.model.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a question that is answered from documents. */
@Command(
        name = "ask",
        description = "Answers a question from the documents of a running gateway ('paddock serve --documents DIR'), and names the passages "
                + "that the model has read.")
public final class AskCommand extends CliCommand {

    /** A model may have to be loaded first. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);

    @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "The words of the question.")
    private List<String> words = new ArrayList<>();

    @Mixin private final ModelOption model = new ModelOption();
    @Mixin private final StreamOption stream = new StreamOption();
    @Mixin private final GatewayOptions options = new GatewayOptions();

    @Option(names = {"-k", "--passages"}, paramLabel = "N", description = "How many passages the model reads at most, 1 to 100: 5, unless given.")
    private @Nullable Integer passages;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "How passages are found: by vector, by words (bm25), or hybrid, by both. The default is hybrid.")
    private @Nullable String method;

    @Override
    protected ExitStatus run() {
        Map<String, Object> question = question();
        boolean isStreaming = stream.isStreaming(common());
        AnswerOutput output = new AnswerOutput(terminal(), common().json());
        return options.run(context(), LONGEST_ANSWER, session -> {
            GatewayAnswers answers = new GatewayAnswers(session);
            if (isStreaming) {
                output.stream(show -> answers.stream(question, show));
            } else {
                output.print(() -> answers.answer(question));
            }
            return ExitStatus.OK;
        });
    }

    private Map<String, Object> question() {
        String text = String.join(" ", words);
        if (text.isBlank()) {
            throw new UsageException("there is no question: give one as an argument");
        }
        ModelName named = model.configured(context());
        return new JsonObjectBuilder()
                .put("query", text)
                .put("k", passages)
                .put("method", method)
                .put("model", named == null ? null : named.value())
                .toMap();
    }
}
