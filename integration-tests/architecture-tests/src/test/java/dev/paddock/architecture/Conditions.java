package dev.paddock.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The conditions that ArchUnit does not bring along. */
final class Conditions {

    private static final PackageMatcher INTERNAL = PackageMatcher.of("..internal..");

    private Conditions() {}

    static ArchCondition<JavaClass> useNoInternalsOfOtherModules() {
        return new ArchCondition<>("use no internals of other modules") {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                String module = moduleOf(javaClass);
                for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    boolean internal = isOurs(target) && INTERNAL.matches(target.getPackageName());
                    if (internal && !moduleOf(target).equals(module)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isOurs(JavaClass javaClass) {
        return PackageMatcher.of(Packages.ALL).matches(javaClass.getPackageName());
    }

    private static String moduleOf(JavaClass javaClass) {
        return Packages.MODULES.stream()
                .filter(module -> PackageMatcher.of(module).matches(javaClass.getPackageName()))
                .findFirst()
                .orElse("none");
    }
}
