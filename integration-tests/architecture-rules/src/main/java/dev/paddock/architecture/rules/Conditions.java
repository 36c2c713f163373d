package dev.paddock.architecture.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The conditions that ArchUnit does not have. */
final class Conditions {

    private Conditions() {}

    /** Holds for a class in one of the given packages or exactly one level below it. */
    static DescribedPredicate<JavaClass> resideDirectlyBelow(List<String> packages) {
        return DescribedPredicate.describe("reside directly below " + packages, javaClass -> packages.stream()
                .map(name -> name.endsWith("..") ? name.substring(0, name.length() - 2) : name)
                .anyMatch(root -> PackageLayout.matches(root, javaClass) || PackageLayout.matches(root + ".*", javaClass)));
    }

    static ArchCondition<JavaMethod> declareNoCheckedException() {
        return new ArchCondition<>("declare no checked exception") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass thrown : method.getExceptionTypes()) {
                    if (!thrown.isAssignableTo(RuntimeException.class) && !thrown.isAssignableTo(Error.class)) {
                        events.add(SimpleConditionEvent.violated(method, method.getDescription() + " declares " + thrown.getName()));
                    }
                }
            }
        };
    }

    /** Fails for every access for which the predicate holds. */
    static ArchCondition<JavaClass> notAccess(String activity, Predicate<JavaAccess<?>> banned) {
        return new ArchCondition<>("not " + activity) {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                javaClass.getAccessesFromSelf().stream()
                        .filter(banned)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
            }
        };
    }

    /** Fails for every method that both calls a logger and handles a value of the given types: as a parameter, field or result. */
    static ArchCondition<JavaClass> notLog(List<String> types) {
        Set<String> content = Set.copyOf(types);
        return new ArchCondition<>("not log values of " + new TreeSet<>(types)) {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                for (JavaCodeUnit unit : javaClass.getCodeUnits()) {
                    if (unit.getAccessesFromSelf().stream().anyMatch(Loggers::isCall)) {
                        handled(unit).filter(content::contains).distinct().forEach(type -> events.add(SimpleConditionEvent.violated(
                                unit, unit.getDescription() + " calls a logger and handles " + type)));
                    }
                }
            }
        };
    }

    private static Stream<String> handled(JavaCodeUnit unit) {
        Stream<String> parameters = unit.getRawParameterTypes().stream().map(JavaClass::getName);
        Stream<String> accessed = unit.getAccessesFromSelf().stream()
                .flatMap(access -> Stream.of(access.getTargetOwner(), valueOf(access.getTarget())))
                .map(JavaClass::getName);
        return Stream.concat(parameters, accessed);
    }

    private static JavaClass valueOf(AccessTarget target) {
        return switch (target) {
            case AccessTarget.FieldAccessTarget field -> field.getRawType();
            case AccessTarget.CodeUnitAccessTarget method -> method.getRawReturnType();
            default -> target.getOwner();
        };
    }
}
