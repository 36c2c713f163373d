package dev.paddock.bootstrap.cli.models;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command that lists models as a table or as JSON.
 *
 * @param <M> the type of a model
 */
abstract class ModelListCommand<M> extends ServerCommand {

    private final List<String> titles;
    private final Set<Integer> numbers;
    private final Set<Integer> optional;

    /**
     * Creates a command.
     *
     * @param titles the titles of the columns
     * @param numbers the columns that are aligned to the right
     * @param optional the columns that a narrow terminal does not show
     */
    ModelListCommand(List<String> titles, Set<Integer> numbers, Set<Integer> optional) {
        this.titles = requireNonNull(titles, "titles");
        this.numbers = requireNonNull(numbers, "numbers");
        this.optional = requireNonNull(optional, "optional");
    }

    abstract List<M> list(Session session);

    abstract Map<String, Object> toJson(M model);

    abstract List<String> cells(M model);

    /** Returns the message for an empty list. */
    abstract String noModels();

    @Override
    protected final ExitStatus run() {
        List<M> models = inSession(this::list);
        if (common().json()) {
            terminal().result(new JsonObjectBuilder()
                    .put("models", models.stream().map(this::toJson).toList())
                    .toJson());
        } else if (models.isEmpty()) {
            terminal().note(noModels());
        } else {
            TextTable table = new TextTable(titles, numbers, optional);
            models.forEach(model -> table.add(cells(model).toArray(String[]::new)));
            terminal().table(table);
        }
        return ExitStatus.OK;
    }
}
