package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the command line of {@link OllamaSimulatorMain}. */
final class SimulatorArguments {
    static final String USAGE = """
        Usage: OllamaSimulatorMain [options]
          --host HOST             address to listen on (127.0.0.1)
          --port PORT             port to listen on, 0 for a free one (11434)
          --connection-cost MS    extra time for the first request of every connection (0)
          --token-interval MS     time between two tokens (20)
          --prompt-time MS        time to read a prompt (0)
          --load-time MS          time to load a model that is not in memory (0)
          --parallel COUNT        answers at once for each model (1)
          --max-queue COUNT       requests that may wait for a load (512)
          --tokens COUNT          tokens in an answer (20)
          --model NAME            an installed model; may be repeated; replaces the defaults
          --version-style STYLE   old or new (new)
          --help                  print this text
        """;
    private static final int DEFAULT_PORT = 11_434;
    private static final Duration DEFAULT_TOKEN_INTERVAL = Duration.ofMillis(20);

    private final SimulatorSettings.Builder settings =
        SimulatorSettings.builder().port(DEFAULT_PORT).tokenInterval(DEFAULT_TOKEN_INTERVAL);
    private final List<SimulatedModel> models = new ArrayList<>();

    private SimulatorArguments() {
    }

    /**
     * Reads arguments.
     *
     * @return empty when help was asked for
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static Optional<SimulatorSettings> parse(List<String> arguments) {
        SimulatorArguments reading = new SimulatorArguments();
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.removeFirst();
            if ("--help".equals(option)) {
                return Optional.empty();
            }
            String value = rest.pollFirst();
            if (value == null) {
                throw new IllegalArgumentException(option + " needs a value; see --help");
            }
            reading.set(option, value);
        }
        if (!reading.models.isEmpty()) {
            reading.settings.models(reading.models);
        }
        return Optional.of(reading.settings.build());
    }

    private void set(String option, String value) {
        SimulatorSettings.Builder unused = switch (option) {
            case "--host" -> settings.host(value);
            case "--port" -> settings.port(number(option, value));
            case "--connection-cost" -> settings.connectionCost(millis(option, value));
            case "--token-interval" -> settings.tokenInterval(millis(option, value));
            case "--prompt-time" -> settings.promptTime(millis(option, value));
            case "--load-time" -> settings.loadTime(millis(option, value));
            case "--parallel" -> settings.parallel(number(option, value));
            case "--max-queue" -> settings.maxQueue(number(option, value));
            case "--tokens" -> settings.tokensPerAnswer(number(option, value));
            case "--version-style" -> settings.release(release(value));
            case "--model" -> {
                models.add(SimulatedModel.named(value));
                yield settings;
            }
            default -> throw new IllegalArgumentException("unknown option " + option + "; see --help");
        };
    }

    private static OllamaRelease release(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "old" -> OllamaRelease.OLD;
            case "new" -> OllamaRelease.NEW;
            default -> throw new IllegalArgumentException("--version-style must be old or new but is " + value);
        };
    }

    private static Duration millis(String option, String value) {
        return Duration.ofMillis(number(option, value));
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(option + " must be a whole number but is " + value, wrong);
        }
    }
}
