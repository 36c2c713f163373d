package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Runs commands in this process and keeps what they write. */
final class CliRun {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TerminalTraits traits = TerminalTraits.NONE;
    private Map<String, String> environment = Map.of();
    private SessionFactory sessions = overrides -> SessionFactory.ofDefaults().withoutPolicies(overrides).get();
    private String input = "";
    private int status = -1;

    static CliRun of(String... arguments) {
        return new CliRun().run(arguments);
    }

    CliRun withInput(String newInput) {
        input = newInput;
        return this;
    }

    CliRun withTraits(TerminalTraits newTraits) {
        traits = newTraits;
        return this;
    }

    CliRun withEnvironment(Map<String, String> newEnvironment) {
        environment = newEnvironment;
        return this;
    }

    CliRun withSessions(SessionFactory newSessions) {
        sessions = newSessions;
        return this;
    }

    CliRun run(String... arguments) {
        Terminal terminal = new Terminal(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err, traits);
        status = new Cli(new CliContext(terminal, environment, sessions)).run(arguments);
        return this;
    }

    int status() {
        return status;
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    /** Returns the only JSON object of the output. */
    Map<String, Object> json() {
        return object(PlainJson.fromText(out()));
    }

    /** Returns the JSON objects of the output, one a line. */
    List<Map<String, Object>> jsonLines() {
        return out().lines().map(line -> object(PlainJson.fromText(line))).toList();
    }

    /** Returns the failure that was reported as JSON. */
    Map<String, Object> jsonError() {
        return object(object(PlainJson.fromText(err())).get("error"));
    }

    /** Returns a JSON object as what it is. */
    @SuppressWarnings("unchecked") // the keys of JSON objects are strings
    static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }
}
