package dev.paddock.adapters.http.server.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request that a strict server must take or refuse.
 *
 * @param id its name
 * @param clause what says so
 * @param statuses the statuses of which one must come; empty if the request must be taken
 * @param bytes the request, a character for each byte
 */
record Probe(String id, String clause, Set<Integer> statuses, String bytes) {

    private static final Pattern REPEAT = Pattern.compile("\\{(\\d+)\\*([^}]*)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");
    private static final int COLUMNS = 5;

    static List<Probe> all() {
        try (InputStream table = Probe.class.getResourceAsStream("probes.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Probe::parse)
                    .toList();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    boolean isAccepted() {
        return statuses.isEmpty();
    }

    private static Probe parse(String line) {
        String[] columns = line.split(" \\| ", COLUMNS);
        Set<Integer> statuses = columns[3].equals("ok")
                ? Set.of()
                : Arrays.stream(columns[3].split(",")).map(Integer::valueOf).collect(Collectors.toSet());
        return new Probe(columns[0], columns[1] + ": " + columns[2], statuses, unescape(repeat(columns[4])));
    }

    private static String repeat(String text) {
        return REPEAT.matcher(text).replaceAll(repeat ->
                Matcher.quoteReplacement(repeat.group(2).repeat(Integer.parseInt(repeat.group(1)))));
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(switch (escape.group(1).charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case '\\' -> "\\";
            default -> String.valueOf((char) Integer.parseInt(escape.group(1).substring(1), 16));
        }));
    }

    @Override
    public String toString() {
        return id + " (" + clause + ")";
    }
}
