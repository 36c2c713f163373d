package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Commands;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs wrk, which sends the next request of each connection as soon as the previous one is answered. */
final class LoadGenerator {

    private final Path directory;

    LoadGenerator(Path directory) {
        this.directory = directory;
    }

    LoadResult run(LoadTarget target, GatewayLoad load, int connections, int seconds) throws IOException, InterruptedException {
        String reading = Commands.run("reading ", List.of("wrk", "-t", "1", "-c", Integer.toString(connections), "-d",
                seconds + "s", "--timeout", "10s", "-s", script(target, load).toString(),
                "http://127.0.0.1:" + target.port() + target.api().path()));
        String[] fields = reading.split(" ", -1);
        long requests = Long.parseLong(fields[0]);
        double elapsed = Double.parseDouble(fields[1]) / 1e6;
        return new LoadResult(requests, requests / elapsed, Double.parseDouble(fields[2]), Double.parseDouble(fields[3]),
                Long.parseLong(fields[4]));
    }

    private Path script(LoadTarget target, GatewayLoad load) throws IOException {
        Path script = directory.resolve(target.name() + " " + load + ".lua");
        if (Files.exists(script)) {
            return script;
        }
        String headers = target.api().headers().entrySet().stream()
                .map(header -> "wrk.headers[\"%s\"] = \"%s\"%n".formatted(header.getKey(), header.getValue()))
                .collect(Collectors.joining());
        return Commands.write(LoadGenerator.class, "load.lua", Map.of("BODY", load.body(), "HEADERS", headers), script);
    }

    /**
     * The result of a load.
     *
     * @param requests answered requests
     * @param perSecond answered requests per second
     * @param p50 median latency in microseconds
     * @param p99 99th percentile of the latency in microseconds
     * @param failures requests with another answer than a success, or without an answer
     */
    record LoadResult(long requests, double perSecond, double p50, double p99, long failures) {}

    /** The request of a load. */
    enum GatewayLoad {

        /** A prompt of 1 KB and a short answer in one piece. */
        CHAT("chat, 1 KB", chat("llama3.2", 1_000, false)),

        /** The same prompt and an answer of 200 chunks, which the server sends as fast as they are taken. */
        STREAM("stream, 200 chunks", chat("llama3.2", 1_000, true)),

        /** A prompt of 400 KB and a short answer in one piece. */
        PROMPT("chat, 400 KB", chat("llama3.2", 400_000, false)),

        /** The pace of a model. Takes a fifth of a second, so it is not measured by default. */
        PACED("stream, 200 chunks 1 ms apart", chat("paced", 1_000, true)),

        /** The pace of a model on a large machine. A stream takes four seconds, so measure for at least twenty. */
        MODEL("stream, 200 chunks 20 ms apart", chat("paced-as-a-model", 1_000, true)),

        /** The pace of a model in a stream of half a minute, in which a window is measured. */
        STEADY("stream, a chunk each 20 ms", chat("paced-steadily", 1_000, true)),

        /** Streams that stay open for minutes, to be counted. */
        SLOW("stream, 200 chunks 1 s apart", chat("paced-slowly", 1_000, true)),

        /** The same as PACED, but short, for the time to the first byte without competing chunks. */
        START("stream, 10 chunks 1 ms apart", chat("paced-briefly", 1_000, true));

        private final String label;
        private final String body;

        GatewayLoad(String label, String body) {
            this.label = label;
            this.body = body;
        }

        static GatewayLoad named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        String label() {
            return label;
        }

        String body() {
            return body;
        }

        private static String chat(String model, int promptLength, boolean stream) {
            String prompt = "Why is the sky blue? ".repeat(promptLength / 21 + 1).substring(0, promptLength);
            return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + prompt + "\"}]}";
        }
    }
}
