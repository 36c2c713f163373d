package dev.paddock.bootstrap.cli.models;

import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.terminal.ReadableText;
import dev.paddock.domain.model.catalog.ModelSummary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/** Lists the models on the server. */
@Command(name = "models", aliases = {"list", "ls"}, description = "Lists the models on the server.")
public final class ModelsCommand extends ModelListCommand<ModelSummary> {

    /** Creates the command. */
    public ModelsCommand() {
        super(List.of("NAME", "ID", "SIZE", "PARAMETERS", "MODIFIED", "CAN"), Set.of(2, 3), Set.of(1, 3, 4));
    }

    @Override
    List<ModelSummary> list(Session session) {
        return session.models().models(session.newCall());
    }

    @Override
    Map<String, Object> toJson(ModelSummary model) {
        return ModelJson.of(model);
    }

    @Override
    List<String> cells(ModelSummary model) {
        return List.of(
                model.name(),
                ReadableText.digest(model.digest()),
                ReadableText.size(model.size()),
                model.traits().parameterSize(),
                ReadableText.moment(model.modifiedAt()),
                String.join(", ", model.capabilities()));
    }

    @Override
    String noModels() {
        return "The server has no models; download one with 'paddock pull NAME'.";
    }
}
