package dev.paddock.adapters.http.sim.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * How a simulator behaves. Immutable; made by {@link #builder()}. Zero durations mean no time at all; a negative one is
 * refused, except for {@code keepAlive}.
 *
 * @param host a host name or address of this machine to listen on
 * @param port 0 to 65535; 0 means any free port
 * @param connectionCost added to the first request of every connection, as a network and TLS would
 * @param tokenInterval between two tokens
 * @param promptTime from the start of an answer to the beginning of its first token
 * @param loadTime of a model that is not resident
 * @param parallel answers at the same time for each model, as {@code OLLAMA_NUM_PARALLEL}; at least 1
 * @param maxQueue requests that may wait for a model to load, as {@code OLLAMA_MAX_QUEUE}
 * @param maxLoadedModels models in memory, as {@code OLLAMA_MAX_LOADED_MODELS}; at least 1
 * @param keepAlive how long an idle model stays, as {@code OLLAMA_KEEP_ALIVE}; negative means for ever
 * @param models the models installed at the start; may be empty
 * @param tokensPerAnswer how many tokens an answer has unless the request limits it; at least 1
 * @param release which generation of servers it simulates
 * @param shuffledKeys whether all JSON objects come with their keys in another order
 */
public record SimulatorSettings(
        String host, int port, Duration connectionCost, Duration tokenInterval, Duration promptTime, Duration loadTime,
        int parallel, int maxQueue, int maxLoadedModels, Duration keepAlive, List<SimulatedModel> models,
        int tokensPerAnswer, OllamaRelease release, boolean shuffledKeys) {
    private static final int LARGEST_PORT = 65_535;

    public SimulatorSettings {
        requireNonNull(host, "host");
        requireBetween("port", 0, port, LARGEST_PORT);
        requireNotNegative("connectionCost", connectionCost);
        requireNotNegative("tokenInterval", tokenInterval);
        requireNotNegative("promptTime", promptTime);
        requireNotNegative("loadTime", loadTime);
        requireBetween("parallel", 1, parallel, Integer.MAX_VALUE);
        requireBetween("maxQueue", 0, maxQueue, Integer.MAX_VALUE);
        requireBetween("maxLoadedModels", 1, maxLoadedModels, Integer.MAX_VALUE);
        requireNonNull(keepAlive, "keepAlive");
        models = List.copyOf(models);
        requireBetween("tokensPerAnswer", 1, tokensPerAnswer, Integer.MAX_VALUE);
        requireNonNull(release, "release");
    }

    /** Starts from the defaults: 127.0.0.1, a free port, no delays, one answer at a time, 20 tokens each. */
    public static Builder builder() {
        return new Builder();
    }

    private static void requireBetween(String name, int least, int value, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is out of range");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (requireNonNull(value, name).isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative but is " + value);
        }
    }

    /** Collects settings; see the record for units, bounds and meaning. Not safe for use by several threads. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port;
        private Duration connectionCost = Duration.ZERO;
        private Duration tokenInterval = Duration.ZERO;
        private Duration promptTime = Duration.ZERO;
        private Duration loadTime = Duration.ZERO;
        private int parallel = 1;
        private int maxQueue = 512;
        private int maxLoadedModels = 3;
        private Duration keepAlive = Duration.ofMinutes(5);
        private List<SimulatedModel> models = SimulatedModel.defaults();
        private int tokensPerAnswer = 20;
        private OllamaRelease release = OllamaRelease.NEW;
        private boolean shuffledKeys;

        private Builder() {
        }

        /** The address to listen on; 127.0.0.1 unless set. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** The port to listen on; 0, the default, means any free port. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** What the first request of a connection costs; zero unless set. */
        public Builder connectionCost(Duration value) {
            connectionCost = value;
            return this;
        }

        /** The time between tokens; zero unless set. */
        public Builder tokenInterval(Duration value) {
            tokenInterval = value;
            return this;
        }

        /** The time to read a prompt; zero unless set. */
        public Builder promptTime(Duration value) {
            promptTime = value;
            return this;
        }

        /** The time to load a model; zero unless set. */
        public Builder loadTime(Duration value) {
            loadTime = value;
            return this;
        }

        /** Answers at once for each model; 1 unless set. */
        public Builder parallel(int value) {
            parallel = value;
            return this;
        }

        /** Requests that may wait for a load; 512 unless set. */
        public Builder maxQueue(int value) {
            maxQueue = value;
            return this;
        }

        /** Models in memory at once; 3 unless set. */
        public Builder maxLoadedModels(int value) {
            maxLoadedModels = value;
            return this;
        }

        /** How long idle models stay; five minutes unless set, negative means for ever. */
        public Builder keepAlive(Duration value) {
            keepAlive = value;
            return this;
        }

        /** The installed models; {@link SimulatedModel#defaults()} unless set. */
        public Builder models(List<SimulatedModel> value) {
            models = value;
            return this;
        }

        /** Tokens in an answer; 20 unless set. */
        public Builder tokensPerAnswer(int value) {
            tokensPerAnswer = value;
            return this;
        }

        /** Which generation of servers to simulate; {@link OllamaRelease#NEW} unless set. */
        public Builder release(OllamaRelease value) {
            release = value;
            return this;
        }

        /** Whether JSON keys come in another order; false unless set. */
        public Builder shuffledKeys(boolean value) {
            shuffledKeys = value;
            return this;
        }

        /** Checks the settings and makes them. Throws IllegalArgumentException naming the one that is out of range. */
        public SimulatorSettings build() {
            return new SimulatorSettings(
                host, port, connectionCost, tokenInterval, promptTime, loadTime, parallel, maxQueue, maxLoadedModels,
                keepAlive, models, tokensPerAnswer, release, shuffledKeys);
        }
    }
}
