package dev.paddock.architecture.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules of a hexagonal architecture for the packages of one project.
 *
 * <pre>{@code
 * static final ArchitectureRules RULES = ArchitectureRules.builder()
 *         .domain("com.example.shop.domain..")
 *         .ports("com.example.shop.ports..")
 *         .adapters("com.example.shop.adapters.web..", "com.example.shop.adapters.jdbc..")
 *         .bootstrap("com.example.shop.app..")
 *         .thirdParty("Hibernate", "org.hibernate..").onlyIn("com.example.shop.adapters.jdbc..")
 *         .build();
 *
 * RULES.check(new ClassFileImporter().importPackages("com.example.shop"));
 * }</pre>
 *
 * <p>A violation says which class breaks which rule, why the rule exists, and what to do instead. Every package that is named must have
 * a class, so that a misspelt name does not switch a rule off. Immutable.
 */
public final class ArchitectureRules {

    private final List<NamedRule> rules;

    private ArchitectureRules(PackageLayout layout) {
        this.rules = Stream.of(LayerRules.of(layout), CoreRules.of(layout), AdapterRules.of(layout), CodingRules.of(layout))
                .flatMap(List::stream)
                .toList();
    }

    /** Returns a builder without any package. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the rules, each to be checked and reported on its own. */
    public List<NamedRule> rules() {
        return rules;
    }

    /**
     * Checks every rule.
     *
     * @throws AssertionError if any is broken; the message holds the violations of all
     */
    public void check(JavaClasses classes) {
        List<String> broken = new ArrayList<>();
        for (NamedRule rule : rules) {
            try {
                rule.check(classes);
            } catch (AssertionError violated) {
                broken.add(rule.name() + ": " + violated.getMessage());
            }
        }
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n\n", broken));
        }
    }

    /** Collects the packages of a project. Patterns are those of ArchUnit. Not thread-safe. */
    public static final class Builder {

        private final List<String> domain = new ArrayList<>();
        private final List<String> ports = new ArrayList<>();
        private final List<String> adapters = new ArrayList<>();
        private final List<String> sharedByAdapters = new ArrayList<>();
        private final List<String> bootstrap = new ArrayList<>();
        private final List<String> unrestricted = new ArrayList<>();
        private final List<String> commandLines = new ArrayList<>();
        private final List<PackageLayout.Library> thirdParties = new ArrayList<>();
        private final List<String> content = new ArrayList<>();

        private Builder() {}

        /** Adds packages of the domain: they depend on themselves and on the JDK's values only. Required. */
        public Builder domain(String... packages) {
            domain.addAll(List.of(packages));
            return this;
        }

        /** Adds packages of the ports: they depend on the domain, and the public types directly in them are interfaces. Required. */
        public Builder ports(String... packages) {
            ports.addAll(List.of(packages));
            return this;
        }

        /** Adds adapters, one argument each: they do not depend on each other. Required. */
        public Builder adapters(String... packages) {
            adapters.addAll(List.of(packages));
            return this;
        }

        /** Adds packages of the adapter layer that several adapters use. */
        public Builder sharedByAdapters(String... packages) {
            sharedByAdapters.addAll(List.of(packages));
            return this;
        }

        /** Adds the packages that wire everything; no other layer uses them. */
        public Builder bootstrap(String... packages) {
            bootstrap.addAll(List.of(packages));
            return this;
        }

        /** Adds packages beside the layers, such as test kits, which may use any layer and are used by none. */
        public Builder unrestricted(String... packages) {
            unrestricted.addAll(List.of(packages));
            return this;
        }

        /** Adds packages that may write to standard output and standard error. */
        public Builder commandLines(String... packages) {
            commandLines.addAll(List.of(packages));
            return this;
        }

        /** Begins a rule for a library: its name, which becomes the name of the rule, and its packages. */
        public ThirdParty thirdParty(String name, String... packages) {
            return new ThirdParty(this, name, List.of(packages));
        }

        /** Adds types, by their fully qualified names, whose values are never logged: requests, answers, credentials. */
        public Builder content(String... types) {
            content.addAll(List.of(types));
            return this;
        }

        /**
         * Returns the rules.
         *
         * @throws IllegalStateException if the domain, the ports or the adapters are missing, or a package has two roles; the message
         *     names every problem
         */
        public ArchitectureRules build() {
            PackageLayout layout = new PackageLayout(
                    List.copyOf(domain), List.copyOf(ports), List.copyOf(adapters), List.copyOf(sharedByAdapters),
                    List.copyOf(bootstrap), List.copyOf(unrestricted), List.copyOf(commandLines), List.copyOf(thirdParties), List.copyOf(content));
            List<String> problems = problems(layout);
            if (!problems.isEmpty()) {
                throw new IllegalStateException(String.join("; ", problems));
            }
            return new ArchitectureRules(layout);
        }

        private static List<String> problems(PackageLayout layout) {
            List<String> problems = new ArrayList<>();
            Map.of("domain", layout.domain(), "ports", layout.ports(), "adapters", layout.adapters()).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .filter(role -> role.getValue().isEmpty())
                    .forEach(role -> problems.add("no package of the " + role.getKey() + " is given"));
            layout.all().stream().distinct()
                    .filter(name -> layout.all().indexOf(name) != layout.all().lastIndexOf(name))
                    .forEach(name -> problems.add(name + " is given two roles"));
            return problems;
        }
    }

    /** A library whose users are about to be named. */
    public static final class ThirdParty {

        private final Builder builder;
        private final String name;
        private final List<String> packages;

        private ThirdParty(Builder builder, String name, List<String> packages) {
            this.builder = builder;
            this.name = name;
            this.packages = packages;
        }

        /** Lets the given own packages use the library, and no other. */
        public Builder onlyIn(String... users) {
            builder.thirdParties.add(new PackageLayout.Library(name, packages, List.of(users)));
            return builder;
        }

        /** Lets no own package use the library. */
        public Builder nowhere() {
            return onlyIn();
        }
    }
}
