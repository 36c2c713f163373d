package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import dev.paddock.bootstrap.gateway.KeyFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the API keys. */
@Command(name = "list", description = "Lists the API keys by their names, with the times when they were added.")
public final class KeyListCommand extends CliCommand {

    @Mixin private final KeyFileOptions file = new KeyFileOptions();

    @Override
    protected ExitStatus run() {
        List<KeyFile.Entry> entries = file.with(context(), KeyFile::read);
        if (common().json()) {
            terminal().result(new JsonObjectBuilder()
                    .put("keys", entries.stream().map(KeyListCommand::toJson).toList())
                    .toJson());
            return ExitStatus.OK;
        }
        TextTable table = new TextTable(List.of("NAME", "ADDED", "PRIORITY", "WEIGHT"), Set.of(3));
        entries.forEach(entry -> table.add(
                entry.name(), entry.added().toString(), priority(entry), String.valueOf(entry.key().weight())));
        terminal().table(table);
        return ExitStatus.OK;
    }

    private static Map<String, Object> toJson(KeyFile.Entry entry) {
        return new JsonObjectBuilder()
                .put("name", entry.name())
                .put("added", entry.added().toString())
                .put("priority", priority(entry))
                .put("weight", entry.key().weight())
                .toMap();
    }

    private static String priority(KeyFile.Entry entry) {
        return entry.key().priority().name().toLowerCase(Locale.ROOT);
    }
}
