package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.catalog.RunningModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models that are loaded. */
@Command(name = "ps", description = "Lists the models that the server has loaded.")
final class PsCommand implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(365 * 100);

    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    PsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        print(new SessionRunner(context.sessions())
                .run(server, session -> session.models().runningModels(session.newCall())));
        return ExitStatus.OK.code();
    }

    private void print(List<RunningModel> models) {
        Terminal terminal = context.terminal();
        if (common.json()) {
            terminal.result(new JsonObjectBuilder()
                    .put("models", models.stream().map(ModelJson::of).toList())
                    .toJson());
            return;
        }
        if (models.isEmpty()) {
            terminal.note("The server has no model loaded.");
            return;
        }
        TextTable table = new TextTable(List.of("NAME", "ID", "SIZE", "ON GPU", "CONTEXT", "UNTIL"), Set.of(2, 3, 4));
        for (RunningModel model : models) {
            table.add(
                    model.name(),
                    ReadableText.digest(model.digest()),
                    ReadableText.bytes(model.size()),
                    share(model),
                    model.contextLength() == null ? "" : model.contextLength().toString(),
                    until(model.expiresAt()));
        }
        table.lines().forEach(terminal::result);
    }

    private static String share(RunningModel model) {
        return model.size() == 0 ? "" : Math.round(100.0 * model.videoMemory() / model.size()) + "%";
    }

    private static String until(@Nullable Instant moment) {
        boolean never = moment != null && moment.isAfter(Instant.now().plus(FOR_EVER));
        return never ? "forever" : ReadableText.moment(moment);
    }
}
