package dev.paddock.bootstrap.cli.models;

import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.terminal.ReadableText;
import dev.paddock.domain.model.catalog.RunningModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Lists the loaded models. */
@Command(name = "ps", description = "Lists the models that the server has loaded.")
public final class PsCommand extends ModelListCommand<RunningModel> {

    private static final Duration FOREVER = Duration.ofDays(365 * 100);

    /** Creates the command. */
    public PsCommand() {
        super(List.of("NAME", "ID", "SIZE", "ON GPU", "CONTEXT", "UNTIL"), Set.of(2, 3, 4), Set.of(1, 4));
    }

    @Override
    List<RunningModel> list(Session session) {
        return session.models().runningModels(session.newCall());
    }

    @Override
    Map<String, Object> toJson(RunningModel model) {
        return ModelJson.of(model);
    }

    @Override
    List<String> cells(RunningModel model) {
        return List.of(
                model.name(),
                ReadableText.digest(model.digest()),
                ReadableText.size(model.size()),
                model.size() == 0 ? "" : Math.round(100.0 * model.videoMemory() / model.size()) + "%",
                model.contextLength() == null ? "" : model.contextLength().toString(),
                until(model.expiresAt()));
    }

    @Override
    String noModels() {
        return "The server has no model loaded.";
    }

    private static String until(@Nullable Instant moment) {
        boolean never = moment != null && moment.isAfter(Instant.now().plus(FOREVER));
        return never ? "forever" : ReadableText.moment(moment);
    }
}
