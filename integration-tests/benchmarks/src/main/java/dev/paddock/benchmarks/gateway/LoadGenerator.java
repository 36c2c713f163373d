package dev.paddock.benchmarks.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs wrk, which asks as fast as it is answered over a number of connections. */
final class LoadGenerator {

    private static final String PREFIX = "reading ";

    private final Path directory;

    LoadGenerator(Path directory) {
        this.directory = directory;
    }

    LoadResult run(LoadTarget front, GatewayLoad load, int connections, int seconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of("wrk", "-t", "1", "-c", Integer.toString(connections), "-d",
                seconds + "s", "--timeout", "10s", "-s", script(load).toString(),
                "http://127.0.0.1:" + front.port() + "/api/chat")).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return said.lines()
                .filter(line -> line.startsWith(PREFIX))
                .findFirst()
                .map(line -> reading(line.substring(PREFIX.length()).split(" ", -1)))
                .orElseThrow(() -> new IllegalStateException("wrk ended with " + status + ": " + said));
    }

    private static LoadResult reading(String[] fields) {
        long requests = Long.parseLong(fields[0]);
        double seconds = Double.parseDouble(fields[1]) / 1e6;
        return new LoadResult(requests, requests / seconds, Double.parseDouble(fields[2]), Double.parseDouble(fields[3]),
                Long.parseLong(fields[4]));
    }

    private Path script(GatewayLoad load) throws IOException {
        Path script = directory.resolve(load + ".lua");
        if (Files.exists(script)) {
            return script;
        }
        return Files.writeString(script, """
                wrk.method = "POST"
                wrk.headers["Content-Type"] = "application/json"
                wrk.body = '%s'
                done = function(summary, latency, requests)
                  local failed = summary.errors
                  io.write(string.format("%s%%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
                    latency:percentile(50), latency:percentile(99),
                    failed.status + failed.connect + failed.read + failed.write + failed.timeout))
                end
                """.formatted(load.body(), PREFIX));
    }
}
