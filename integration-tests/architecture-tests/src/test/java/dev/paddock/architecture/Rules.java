package dev.paddock.architecture;

import static java.util.Objects.requireNonNull;

import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every rule there is, found by reflection, so that none can be forgotten. */
final class Rules {

    private Rules() {}

    /** Returns the rules about classes and about sources, of all classes in this package. */
    static List<Named> all() {
        return Stream.of(PublishedRulesTest.rules().stream(), named(ArchRule.class), named(SourceRule.class))
                .flatMap(rules -> rules)
                .sorted(Comparator.comparing(Named::name))
                .toList();
    }

    /** Returns the rules of the given kind in the given class. */
    static List<Named> of(Class<?> owner, Class<?> kind) {
        return Arrays.stream(owner.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && kind.isAssignableFrom(field.getType()))
                .map(Rules::named)
                .toList();
    }

    private static Stream<Named> named(Class<?> kind) {
        return classesOfThisPackage().stream().flatMap(owner -> of(owner, kind).stream());
    }

    private static List<Class<?>> classesOfThisPackage() {
        URL thisClass = requireNonNull(Rules.class.getResource("Rules.class"));
        try (Stream<Path> files = Files.list(Path.of(thisClass.toURI()).resolveSibling(""))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String simpleName) {
        try {
            return Class.forName(Rules.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Named named(Field field) {
        try {
            field.setAccessible(true);
            return new Named(field.getName(), field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A rule and the name of its field.
     *
     * @param name the name, a sentence in snake case
     * @param rule an {@link ArchRule} or a {@link SourceRule}
     */
    record Named(String name, Object rule) {

        /** Returns what the rule says of itself, its reason included. */
        String description() {
            return switch (rule) {
                case ArchRule archRule -> archRule.getDescription();
                case SourceRule sourceRule -> sourceRule.reason();
                default -> throw new IllegalStateException("no rule: " + rule);
            };
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
