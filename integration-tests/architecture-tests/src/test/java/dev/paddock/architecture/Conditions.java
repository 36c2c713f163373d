package dev.paddock.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

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

    static ArchCondition<JavaMethod> declareNoCheckedException() {
        return new ArchCondition<>("declare no checked exception") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaClass thrown : method.getExceptionTypes()) {
                    if (!thrown.isAssignableTo(RuntimeException.class) && !thrown.isAssignableTo(Error.class)) {
                        String message = method.getDescription() + " declares " + thrown.getName();
                        events.add(SimpleConditionEvent.violated(method, message));
                    }
                }
            }
        };
    }

    static ArchCondition<JavaClass> notSleep() {
        return avoid(
                "not sleep", access -> isTo(access, Thread.class, "sleep") || isTo(access, TimeUnit.class, "sleep"));
    }

    /** Whoever swallows an InterruptedException restores the flag; any other interrupt is meant to stop somebody. */
    static ArchCondition<JavaClass> interruptOnlyToRestoreTheFlag() {
        return avoid(
                "interrupt a thread only where an InterruptedException was caught",
                access -> isTo(access, Thread.class, "interrupt") && !catchesInterruptedException(access));
    }

    private static ArchCondition<JavaClass> avoid(String description, Predicate<JavaAccess<?>> offence) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                javaClass.getAccessesFromSelf().stream()
                        .filter(offence)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
            }
        };
    }

    private static boolean isTo(JavaAccess<?> access, Class<?> owner, String name) {
        return access.getTarget().getName().equals(name) && access.getTargetOwner().isAssignableTo(owner);
    }

    private static boolean catchesInterruptedException(JavaAccess<?> access) {
        return access.getOrigin().getTryCatchBlocks().stream()
                .flatMap(block -> block.getCaughtThrowables().stream())
                .anyMatch(caught -> caught.isEquivalentTo(InterruptedException.class));
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
