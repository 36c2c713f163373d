package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.gateway.query.QueryJson;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.CommonOptions.StreamOption;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.bootstrap.cli.command.ServerOptions;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.documents.FolderDocuments;
import dev.paddock.bootstrap.cli.gateway.AnswerOutput.AnswerPart;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentQuestion;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.model.ModelName;
import dev.paddock.ports.documents.answers.DocumentAnswerStream;
import dev.paddock.ports.documents.answers.DocumentAnswers;
import java.nio.file.Path;
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
        description = "Answers a question from the documents of a running gateway ('paddock serve --documents DIR'), or of a folder, and names "
                + "the passages that the model has read.")
public final class AskCommand extends CliCommand {

    /** A model may have to be loaded first. */
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);

    @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "The words of the question.")
    private List<String> words = new ArrayList<>();

    @Mixin private final ModelOption model = new ModelOption();
    @Mixin private final StreamOption stream = new StreamOption();
    @Mixin private final GatewayOptions options = new GatewayOptions();
    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--documents",
            paramLabel = "DIR",
            description = "Answer from this folder, without a gateway. It is indexed first, as by 'paddock index'. The model server is that of "
                    + "--base-url or of the configuration.")
    private @Nullable Path documents;

    @Option(names = {"-k", "--passages"}, paramLabel = "N", description = "How many passages the model reads at most, 1 to 100: 5, unless given.")
    private @Nullable Integer passages;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "How passages are found: by vector, by words (bm25), or hybrid, by both. The default is hybrid.")
    private @Nullable String method;

    @Override
    protected ExitStatus run() {
        String text = String.join(" ", words);
        if (text.isBlank()) {
            throw new UsageException("there is no question: give one as an argument");
        }
        boolean isStreaming = stream.isStreaming(common());
        AnswerOutput output = new AnswerOutput(terminal(), common().json());
        if (documents != null) {
            return FolderDocuments.open(context(), documents, server.overrides(), common().json(), opened -> {
                ask(opened, query(text), output, isStreaming);
                return ExitStatus.OK;
            });
        }
        if (server.hasServer()) {
            throw new UsageException("--base-url and --backend need --documents: a gateway has its own servers");
        }
        Map<String, Object> question = question(text);
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

    private void ask(FolderDocuments opened, DocumentQuery query, AnswerOutput output, boolean isStreaming) {
        Session session = Session.of(opened.paddock()).withCalls(opened.cancellation(), options.timeout(LONGEST_ANSWER));
        DocumentQuestion question = DocumentQuestion.of(query, model.choose(context(), session, ModelOption.COMPLETION));
        DocumentAnswers answers = new DocumentAnswers(opened.documents(), session.llm());
        if (!isStreaming) {
            output.print(() -> JsonObject.of(QueryJson.answer(question, null, answers.answer(question, session.newCall()))));
            return;
        }
        output.stream(show -> {
            try (DocumentAnswerStream answer = answers.stream(question, session.newCall())) {
                show.accept(new AnswerPart(AnswerPart.CONTEXT, JsonObject.of(QueryJson.passages(answer.passages()))));
                answer.forEachRemaining(piece -> show.accept(new AnswerPart(AnswerPart.TEXT, JsonObject.of(Map.of("text", piece)))));
                show.accept(new AnswerPart(AnswerPart.DONE, JsonObject.of(QueryJson.facts(question, null, answer.whole()))));
            }
        });
    }

    private DocumentQuery query(String text) {
        SearchMethod named = method == null
                ? SearchMethod.HYBRID
                : SearchMethod.ofLabel(method).orElseThrow(() -> new UsageException("--method takes vector, bm25 or hybrid"));
        DocumentQuery query = DocumentQuery.of(text).withMethod(named);
        return passages == null ? query : query.withK(passages);
    }

    private Map<String, Object> question(String text) {
        ModelName named = model.configured(context());
        return new JsonObjectBuilder()
                .put("query", text)
                .put("k", passages)
                .put("method", method)
                .put("model", named == null ? null : named.value())
                .toMap();
    }
}
