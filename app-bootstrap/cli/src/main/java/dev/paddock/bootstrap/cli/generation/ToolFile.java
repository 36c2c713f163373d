package dev.paddock.bootstrap.cli.generation;

import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import dev.paddock.domain.model.generation.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tools in a file: a JSON list of functions, each alone or as {@code {"type":"function","function":{...}}}. */
final class ToolFile {

    private ToolFile() {}

    /**
     * Reads a file.
     *
     * @throws UsageException if it is no list of functions
     */
    static List<Tool> read(Path file) {
        if (LocalFiles.json(file) instanceof List<?> list && !list.isEmpty()) {
            return list.stream().map(element -> tool(JsonObject.of(element), file)).toList();
        }
        throw new UsageException("--tools: " + file + " is not a JSON list of tools");
    }

    private static Tool tool(JsonObject element, Path file) {
        JsonObject function = element.has("function") ? element.object("function") : element;
        String name = function.text("name");
        if (name == null || name.isBlank()) {
            throw new UsageException("--tools: a tool in " + file + " has no name");
        }
        String description = function.text("description");
        return new Tool(name, description == null ? "" : description, parameters(function));
    }

    @SuppressWarnings("unchecked") // the names in a JSON object are strings
    private static Map<String, Object> parameters(JsonObject function) {
        return (Map<String, Object>) function.object("parameters").fields();
    }
}
