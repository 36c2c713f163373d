package dev.paddock.bootstrap.cli.generation;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.LocalFiles;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.ResponseFormat;
import dev.paddock.domain.model.generation.Thinking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that generate text. */
final class GenerationOptions {

    @Option(names = "--system", paramLabel = "TEXT", description = "The system prompt.")
    private @Nullable String system;

    @Option(
            names = {"-o", "--option"},
            paramLabel = "NAME=VALUE",
            description = "An option of the model, for example temperature=0 or stop='[\"END\"]'; may be repeated.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "An image for the prompt; may be repeated.")
    private List<Path> images = new ArrayList<>();

    @Option(
            names = "--think",
            paramLabel = "LEVEL",
            description = "The reasoning effort: off, on, low, medium, high or max.")
    private @Nullable Thinking thinking;

    @Option(
            names = "--format",
            paramLabel = "json|FILE",
            description = "The format of the answer: any JSON, or JSON that follows the JSON schema in a file.")
    private @Nullable String format;

    @Option(
            names = "--keep-alive",
            paramLabel = "DURATION",
            description = "The time for which the model stays loaded: a duration, 0 or forever.")
    private @Nullable KeepAlive keepAlive;

    @Nullable String system() {
        return system;
    }

    List<Image> images() {
        return images.stream().map(file -> Image.of(LocalFiles.bytes(file))).toList();
    }

    GenerationSettings settings() {
        GenerationSettings.Builder settings = GenerationSettings.builder().options(modelOptions());
        if (thinking != null) {
            settings.thinking(thinking);
        }
        if (keepAlive != null) {
            settings.keepAlive(keepAlive);
        }
        if (format != null) {
            settings.format(responseFormat(format));
        }
        return settings.build();
    }

    private ModelOptions modelOptions() {
        ModelOptions result = ModelOptions.NONE;
        for (Map.Entry<String, String> option : options.entrySet()) {
            result = result.with(option.getKey(), optionValue(option.getKey(), option.getValue()));
        }
        return result;
    }

    /** Returns the JSON value of a text, or the text itself when it is not JSON. */
    static Object optionValue(String name, String text) {
        if (text.isEmpty()) {
            throw new UsageException("--option " + name + " has no value; write " + name + "=VALUE");
        }
        Object value;
        try {
            value = PlainJson.fromText(text);
        } catch (IllegalArgumentException notJson) {
            if (text.startsWith("[") || text.startsWith("{") || text.startsWith("\"")) {
                throw new UsageException("--option " + name + " begins like JSON but is not valid JSON");
            }
            return text;
        }
        if (value == null) {
            throw new UsageException("--option " + name + " cannot be null; omit it instead");
        }
        return value;
    }

    private static ResponseFormat responseFormat(String format) {
        if (format.equals("json")) {
            return ResponseFormat.json();
        }
        Path file = Path.of(format);
        if (!Files.exists(file)) {
            throw new UsageException("--format is 'json' or the file of a JSON schema; there is no file " + format);
        }
        if (LocalFiles.json(file) instanceof Map<?, ?> schema) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            schema.forEach((name, value) -> copy.put((String) name, value));
            return ResponseFormat.schema(copy);
        }
        throw new UsageException("--format: " + format + " is not a JSON object");
    }

    /** The words of a prompt; the word {@code -} stands for the standard input. */
    static final class PromptArgument {

        private static final String STANDARD_INPUT = "-";

        static final String DESCRIPTION =
                "The words of the prompt. Standard input that is no terminal follows them, or stands where '-' is.";

        @Parameters(paramLabel = "PROMPT", arity = "0..*", description = DESCRIPTION)
        private List<String> words = new ArrayList<>();

        /** Returns the prompt, or null when none was given and the input is a terminal. */
        @Nullable String read(Terminal terminal) {
            return read(terminal, words);
        }

        /** Returns the prompt with the given words, or null when there are none and the input is a terminal. */
        static @Nullable String read(Terminal terminal, List<String> words) {
            if (words.isEmpty()) {
                return terminal.traits().input() ? null : required(terminal.readAll());
            }
            if (words.contains(STANDARD_INPUT)) {
                String input = terminal.readAll();
                return words.stream().map(word -> word.equals(STANDARD_INPUT) ? input : word).collect(Collectors.joining(" "));
            }
            String prompt = String.join(" ", words);
            String input = terminal.traits().input() ? "" : terminal.readAll();
            return input.isBlank() ? prompt : prompt + "\n\n" + input;
        }

        /** Returns the prompt; a missing prompt is wrong usage. */
        String readRequired(Terminal terminal) {
            String prompt = read(terminal);
            return required(prompt == null ? "" : prompt);
        }

        private static String required(String prompt) {
            if (prompt.isBlank()) {
                throw new UsageException("there is no prompt: give one as an argument or on standard input");
            }
            return prompt;
        }
    }
}
