package dev.paddock.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every rule there is, found by reflection, so that none can be forgotten. */
final class Rules {

    private Rules() {}

    /** Returns the rules about classes and about sources, of all classes in this package. */
    static List<Named> all() {
        return Stream.concat(named(ArchRule.class), named(SourceRule.class))
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
        return new ClassFileImporter()
                .importPackagesOf(Rules.class).stream()
                        .map(JavaClass::reflect)
                        .flatMap(owner -> of(owner, kind).stream());
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
