package dev.paddock.bootstrap.cli.models;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.ModelOption.ModelArgument;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.terminal.ReadableText;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the details of a model. */
@Command(name = "show", description = "Shows the details of a model.")
public final class ShowCommand extends ServerCommand {

    @Mixin private final ModelArgument model = new ModelArgument();

    @Override
    protected ExitStatus run() {
        ModelName name = model.required();
        print(name, inSession(session -> session.models().show(name, session.newCall())));
        return ExitStatus.OK;
    }

    private void print(ModelName name, ModelDetails details) {
        if (common().json()) {
            terminal().result(PlainJson.toText(ModelJson.of(name, details)));
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
            terminal().result(String.format("%-14s%s", title, value));
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

    // Lists, such as vocabularies, are too long to show.
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
