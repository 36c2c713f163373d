package dev.paddock.bootstrap.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong. The message contains every problem. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a list of records; failures are not meant to be serialised
    private final List<ConfigurationProblem> problems;

    /** Creates the failure with the problems found, at least one. */
    public ConfigurationException(List<ConfigurationProblem> problems) {
        super(problems.stream()
                .map(problem -> "\n  - " + problem)
                .collect(Collectors.joining("", "the configuration of Paddock is not usable:", "")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems in the order in which they were found. */
    public List<ConfigurationProblem> problems() {
        return problems;
    }
}
