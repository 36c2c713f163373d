package dev.paddock.bootstrap.cli.command;

import dev.paddock.bootstrap.config.source.SpellingSuggestion;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the words of this project, and what was probably meant. */
final class UsageMessage {

    private static final Pattern NOT_A_NUMBER = Pattern.compile("'(.*)' is not an? (?:int|long|double)");
    private static final Pattern NOT_A_CONSTANT = Pattern.compile("expected one of \\[(.*)] \\(case-\\w+\\) but was '(.*)'");

    private UsageMessage() {}

    /** Returns the message for a command line that was not understood. */
    static String of(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            String argument = " '" + unmatched.getUnmatched().getFirst() + "'";
            boolean isOfRoot = wrong.getCommandLine().getParent() == null;
            String other = isOfRoot ? "command" : "argument";
            String owner = isOfRoot ? "" : " of '" + wrong.getCommandLine().getCommandName() + "'";
            return "there is no " + (unmatched.isUnknownOption() ? "option" : other) + argument + owner;
        }
        String message = String.valueOf(wrong.getMessage());
        message = NOT_A_NUMBER.matcher(message).replaceAll("'$1' is not a number");
        message = NOT_A_CONSTANT.matcher(message).replaceAll(match -> "'" + match.group(2) + "' is none of " + match.group(1).toLowerCase(Locale.ROOT));
        return message.replace("option option ", "option ");
    }

    /** Returns the commands or options that are similar to what was written, else the given advice. */
    static String advice(ParameterException wrong, String otherwise) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched) || unmatched.getUnmatched().isEmpty()) {
            return otherwise;
        }
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        Collection<String> words = unmatched.isUnknownOption() ? command.optionsMap().keySet() : command.subcommands().keySet();
        String nearest = SpellingSuggestion.nearest(unmatched.getUnmatched().getFirst(), words);
        return nearest == null ? otherwise : "Did you mean " + nearest + "? " + otherwise;
    }
}
