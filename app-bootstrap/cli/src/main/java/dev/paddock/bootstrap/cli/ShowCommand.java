package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the server tells about a model. */
@Command(name = "show", description = "Shows what the server tells about a model.")
final class ShowCommand implements Callable<Integer> {

    @Mixin private final ModelArgument model = new ModelArgument();
    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    ShowCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ModelName name = model.required();
        print(name, new SessionRunner(context.sessions())
                .run(server, session -> session.models().show(name, session.newCall())));
        return ExitStatus.OK.code();
    }

    private void print(ModelName name, ModelDetails details) {
        if (common.json()) {
            context.terminal().result(PlainJson.toText(ModelJson.of(name, details)));
            return;
        }
        line("Model", name.value());
        line("Family", details.traits().family());
        line("Parameters", details.traits().parameterSize());
        line("Quantization", details.traits().quantization());
        line("Format", details.traits().format());
        line("Can", String.join(", ", details.capabilities()));
        line("Modified", ReadableText.moment(details.modifiedAt()));
        lines("Options", details.texts().parameters());
        lines("System", details.texts().system());
        lines("License", firstLine(details.texts().license()));
        lines("Facts", facts(details.information()));
    }

    private void line(String title, String value) {
        if (!value.isEmpty()) {
            context.terminal().result(String.format("%-14s%s", title, value));
        }
    }

    private void lines(String title, String text) {
        List<String> lines = text.strip().lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            line(index == 0 ? title : "", lines.get(index));
        }
    }

    private static String firstLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    }

    // Lists, such as vocabularies, are too long to be read.
    private static String facts(Map<String, ?> information) {
        StringBuilder text = new StringBuilder();
        information.forEach((name, value) -> {
            if (value != null && !(value instanceof List)) {
                text.append(name).append(" = ").append(value).append('\n');
            }
        });
        return text.toString();
    }
}
