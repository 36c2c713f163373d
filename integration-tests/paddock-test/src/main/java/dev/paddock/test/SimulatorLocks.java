package dev.paddock.test;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.jupiter.api.parallel.Resources;

/** Keeps apart the tests that use one server, and the classes that set system properties. */
final class SimulatorLocks implements ResourceLocksProvider {

    @Override
    public Set<Lock> provideForClass(Class<?> testClass) {
        return ofProperties(SimulatorScope.find(testClass));
    }

    @Override
    public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> testClass) {
        return ofProperties(SimulatorScope.find(testClass));
    }

    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
        SimulatorScope scope = SimulatorScope.find(testClass);
        PaddockSimulator ofMethod = SimulatorScope.annotationOf(method);
        if (scope == null) {
            return ofMethod == null ? Set.of() : ofProperty(ofMethod);
        }
        return Set.of(new Lock("dev.paddock.test: server of " + scope.owner().getName()));
    }

    private static Set<Lock> ofProperties(@Nullable SimulatorScope scope) {
        return scope == null ? Set.of() : ofProperty(scope.annotation());
    }

    private static Set<Lock> ofProperty(PaddockSimulator annotation) {
        return annotation.systemProperty().isEmpty() ? Set.of() : Set.of(new Lock(Resources.SYSTEM_PROPERTIES));
    }
}
