package dev.paddock.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.Cli;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import dev.paddock.tck.server.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The responses of {@link AnswersAsServersSendThemIT}, and what a user of the command line sees of them. */
@Timeout(60)
class AnswersOnTheCommandLineIT {

    static Stream<RawAnswer> answers() {
        return AnswersAsServersSendThemIT.answers();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void command_answeredByAServer_showsTheOutcome(RawAnswer row) {
        ExitStatus status = row.failure() == null ? ExitStatus.OK : ExitStatus.of(row.failure());
        try (ScriptedServer server = AnswersAsServersSendThemIT.serving(row)) {
            Run json = run(row.call(), server.baseUrl(), "--json");
            Run text = run(row.call(), server.baseUrl());

            assertThat(json.status()).as(json.err()).isEqualTo(status.code());
            row.seen().forEach(seen -> assertThat(json.outcome(row.call())).contains(seen));
            assertThat(text.status()).as(text.err()).isEqualTo(status.code());
            assertThat(text.err()).doesNotContain("report it", "\tat ");
        }
    }

    private static Run run(RawCall call, String baseUrl, String... options) {
        List<String> arguments = new ArrayList<>(call.command());
        arguments.addAll(List.of("--base-url", baseUrl));
        arguments.addAll(List.of(options));
        SessionFactory sessions = overrides -> {
            Map<String, String> settings = new HashMap<>(overrides);
            settings.put("paddock.dialect", call.dialect());
            return SessionFactory.ofDefaults().withoutPolicies(settings).get();
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), out, err, TerminalTraits.NONE);
        int status = new Cli(new CliContext(terminal, Map.of(), sessions)).run(arguments.toArray(String[]::new));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** A command that has ended, and what it has written. */
    private record Run(int status, String out, String err) {

        /** Returns the JSON of the command in the words of {@link RawCall}. */
        String outcome(RawCall call) {
            if (status != ExitStatus.OK.code()) {
                Map<?, ?> error = (Map<?, ?>) object(err).get("error");
                return "failed " + String.valueOf(error.get("kind")).toUpperCase(Locale.ROOT) + " after '"
                        + (error.get("text_received") instanceof String text ? text : "") + "': " + error.get("message");
            }
            return switch (call) {
                case OPENAI_MODELS, OLLAMA_MODELS -> out;
                case OPENAI_EMBED, OLLAMA_EMBED -> "embedding of "
                        + ((List<?>) ((List<?>) object(out).get("embeddings")).getFirst()).size();
                default -> answer(out.lines().map(Run::object).toList());
            };
        }

        private static String answer(List<Map<?, ?>> pieces) {
            Map<?, ?> last = pieces.getLast();
            Map<?, ?> usage = last.get("usage") instanceof Map<?, ?> counts ? counts : Map.of();
            return "text '" + joined(pieces, "text") + "' thinking '" + joined(pieces, "thinking") + "' calls '"
                    + joined(pieces, "tool_calls") + "' reason '" + last.get("done_reason") + "' usage prompt="
                    + usage.get("prompt_tokens");
        }

        private static String joined(List<Map<?, ?>> pieces, String name) {
            return pieces.stream().map(piece -> piece.get(name)).filter(Objects::nonNull).map(String::valueOf).collect(Collectors.joining());
        }

        private static Map<?, ?> object(String json) {
            return (Map<?, ?>) Objects.requireNonNull(PlainJson.fromText(json));
        }
    }
}
