package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.catalog.ModelSummary;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models that the server has. */
@Command(name = "models", description = "Lists the models that the server has.")
final class ModelsCommand implements Callable<Integer> {

    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    ModelsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        print(new SessionRunner(context.sessions())
                .run(server, session -> session.models().models(session.newCall())));
        return ExitStatus.OK.code();
    }

    private void print(List<ModelSummary> models) {
        Terminal terminal = context.terminal();
        if (common.json()) {
            terminal.result(new JsonObjectBuilder()
                    .put("models", models.stream().map(ModelJson::of).toList())
                    .toJson());
            return;
        }
        if (models.isEmpty()) {
            terminal.note("The server has no models; get one with 'paddock pull NAME'.");
            return;
        }
        TextTable table = new TextTable(List.of("NAME", "ID", "SIZE", "PARAMETERS", "MODIFIED", "CAN"), Set.of(2, 3));
        for (ModelSummary model : models) {
            table.add(
                    model.name(),
                    ReadableText.digest(model.digest()),
                    ReadableText.bytes(model.size()),
                    model.traits().parameterSize(),
                    ReadableText.moment(model.modifiedAt()),
                    String.join(", ", model.capabilities()));
        }
        table.lines().forEach(terminal::result);
    }
}
