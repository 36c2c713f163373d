package dev.paddock.bootstrap.cli.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.WaitIndicator;
import dev.paddock.bootstrap.cli.terminal.WordWrap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prints answers from documents: the text, and then the passages that the model has read. */
final class AnswerOutput {

    private static final String WAITING = "Waiting for the answer";

    private final Terminal terminal;
    private final boolean json;

    AnswerOutput(Terminal terminal, boolean json) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.json = json;
    }

    /** A part of a streamed answer: its passages, a piece of its text, or how it ended. */
    record AnswerPart(String kind, JsonObject fields) {

        static final String CONTEXT = "context";
        static final String TEXT = "text";
        static final String DONE = "done";
    }

    /** Waits for a whole answer and prints it. */
    void print(Supplier<JsonObject> call) {
        WaitIndicator wait = WaitIndicator.start(terminal, WAITING);
        JsonObject answer;
        try {
            answer = call.get();
        } finally {
            wait.stop();
        }
        if (json) {
            terminal.result(PlainJson.toText(answer.fields()));
            return;
        }
        WordWrap wrap = wrap();
        String text = String.valueOf(answer.text("answer"));
        terminal.write((wrap == null ? text : wrap.add(text) + wrap.end()) + "\n");
        printSources(answer);
    }

    /** Prints an answer while it arrives. */
    void stream(Consumer<Consumer<AnswerPart>> call) {
        WaitIndicator wait = WaitIndicator.start(terminal, WAITING);
        WordWrap wrap = wrap();
        List<JsonObject> contexts = new ArrayList<>();
        boolean[] hasText = {false};
        try {
            call.accept(part -> {
                wait.stop();
                if (json) {
                    terminal.result(new JsonObjectBuilder().put("event", part.kind()).put("data", part.fields().fields()).toJson());
                } else if (part.kind().equals(AnswerPart.CONTEXT)) {
                    contexts.add(part.fields());
                } else if (part.kind().equals(AnswerPart.TEXT)) {
                    String piece = String.valueOf(part.fields().text("text"));
                    terminal.write(wrap == null ? piece : wrap.add(piece));
                    hasText[0] = true;
                }
            });
        } finally {
            wait.stop();
            if (hasText[0]) {
                terminal.write((wrap == null ? "" : wrap.end()) + "\n"); // the next output starts on a new line, even after a failure
            }
            terminal.flush();
        }
        contexts.forEach(this::printSources);
    }

    private @Nullable WordWrap wrap() {
        return json || terminal.width() < WordWrap.NARROWEST ? null : new WordWrap(terminal.width());
    }

    private void printSources(JsonObject answer) {
        int number = 0;
        for (JsonObject source : answer.objects("metadatas")) {
            number++;
            String section = source.text("section");
            terminal.result((number == 1 ? "\n" : "") + "[" + number + "] " + source.text("source") + (section == null ? "" : ", " + section));
        }
    }
}
