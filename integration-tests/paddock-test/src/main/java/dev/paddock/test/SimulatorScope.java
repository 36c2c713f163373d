package dev.paddock.test;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The class whose tests share a server.
 *
 * @param owner the annotated class, or the subclass of one
 * @param annotation how its server is set up
 */
record SimulatorScope(Class<?> owner, PaddockSimulator annotation) {

    /** Returns the nearest annotated class, from a test class outwards, or null when there is none. */
    static @Nullable SimulatorScope find(Class<?> testClass) {
        for (Class<?> candidate = testClass; candidate != null; candidate = outerTestClass(candidate)) {
            PaddockSimulator annotation = annotationOf(candidate);
            if (annotation != null) {
                return new SimulatorScope(candidate, annotation);
            }
        }
        return null;
    }

    /** Returns the class around a nested test class; a static class is nested for the compiler only. */
    private static @Nullable Class<?> outerTestClass(Class<?> testClass) {
        return Modifier.isStatic(testClass.getModifiers()) ? null : testClass.getEnclosingClass();
    }

    /** Returns the annotation of an element, its own or that of an annotation, an interface or a superclass; null for none. */
    static @Nullable PaddockSimulator annotationOf(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, PaddockSimulator.class).orElse(null);
    }
}
