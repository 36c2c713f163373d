package dev.paddock.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Starts a {@link StubbedServer} on a free port for JUnit tests.
 *
 * <p>On a class it is one server for all tests of the class and of its nested classes. Each test begins without the stubs, calls and faults
 * of the test before; stubs from before the first test, for example from a {@code @BeforeAll} method, stay. Tests of such a class never run
 * at the same time; tests of different classes may. A nested class with the annotation has a server of its own.
 *
 * <p>On a method, a parameter or an instance field, without the annotation on the class, each test has a server of its own, so that tests
 * may run in parallel.
 *
 * <p>Parameters of constructors, tests and lifecycle methods are injected by their type: {@link StubbedServer},
 * {@link dev.paddock.bootstrap.Paddock}, {@link dev.paddock.ports.llm.LlmPort} and {@link dev.paddock.domain.exchange.BaseUrl}. Annotated
 * parameters and fields may be a {@code String} or a {@link java.net.URI} too, which is the base URL. A client is new for each test, or for
 * the class in a static field or method; it is closed at the end. Static fields need the annotation on the class too.
 *
 * <p>It needs JUnit 5.13 or newer.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SimulatorExtension.class)
@ResourceLock(providers = SimulatorLocks.class)
public @interface PaddockSimulator {

    /** The names of models to install besides the usual ones. Stubs answer for any model. */
    String[] models() default {};

    /** Settings of injected clients, each as {@code key=value}, for example {@code paddock.retry.max-retries=0}. */
    String[] settings() default {};

    /**
     * The name of a system property that has the base URL while the server runs, for example {@code paddock.base-url}; empty for none.
     * Classes that set one never run at the same time.
     */
    String systemProperty() default "";
}
