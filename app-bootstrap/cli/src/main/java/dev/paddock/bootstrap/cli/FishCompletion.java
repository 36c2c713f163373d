package dev.paddock.bootstrap.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of fish, for which the library of the command line has none. */
final class FishCompletion {

    private FishCompletion() {}

    /** Returns the script that completes a command with its subcommands and options. */
    static String script(String name, CommandLine commands) {
        StringBuilder script = new StringBuilder("complete -c " + name + " -f\n");
        commands.getSubcommands().forEach((subcommand, line) -> {
            add(script, name, "__fish_use_subcommand", " -a " + subcommand, line.getCommandSpec());
            line.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> add(script, name, "__fish_seen_subcommand_from " + subcommand, option));
            line.getSubcommands().forEach((inner, innerLine) -> add(
                    script, name, "__fish_seen_subcommand_from " + subcommand, " -a " + inner, innerLine.getCommandSpec()));
        });
        return script.toString();
    }

    private static void add(StringBuilder script, String name, String condition, OptionSpec option) {
        List<String> names = Arrays.asList(option.names());
        String flags = names.stream()
                .map(each -> each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1))
                .collect(Collectors.joining());
        add(script, name, condition, flags + argument(option), option.description());
    }

    /** Returns whether an option takes an argument, and whether that is a file. */
    private static String argument(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        return option.type() == Path.class ? " -rF" : " -x";
    }

    private static void add(StringBuilder script, String name, String condition, String words, CommandSpec command) {
        add(script, name, condition, words, command.usageMessage().description());
    }

    private static void add(StringBuilder script, String name, String condition, String words, String[] description) {
        String text = description.length == 0 ? "" : description[0].replace("%n", " ").replace("%%", "%").replaceAll("[.:].*", "");
        script.append("complete -c ").append(name).append(" -n '").append(condition).append('\'').append(words);
        script.append(" -d '").append(text.replace("'", "\\'")).append("'\n");
    }
}
