package dev.paddock.bootstrap.cli.bench;

import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.config.source.SpellingSuggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names of the modes of a benchmark, in the order in which shells suggest them. */
final class BenchModes implements Iterable<String> {

    private static final String BOTH = "both"; // pooled,unpooled

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(Arrays.stream(Mode.values()).filter(Mode::isOfClient).map(Mode::label).toList());
        names.add(BOTH);
        return names;
    }

    /** Returns the modes of the given names, in their order and each once. */
    static List<Mode> parse(List<String> names) {
        Set<Mode> modes = new LinkedHashSet<>();
        names.forEach(name -> modes.addAll(modes(name.strip().toLowerCase(Locale.ROOT).replace('_', '-'))));
        return List.copyOf(modes);
    }

    private static List<Mode> modes(String name) {
        if (name.equals(BOTH)) {
            return List.of(Mode.POOLED, Mode.UNPOOLED);
        }
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.isOfClient() && mode.label().equals(name))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> unknown(name));
    }

    private static UsageException unknown(String name) {
        String nearest = SpellingSuggestion.nearest(name, names());
        return new UsageException("--mode: '" + name + "' is none of " + String.join(", ", names())
                + (nearest == null ? "" : ". Did you mean " + nearest + "?"));
    }
}
