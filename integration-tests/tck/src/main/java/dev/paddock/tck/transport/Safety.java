package dev.paddock.tck.transport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a case of level <em>safety</em>, which every transport must pass. Such a case shows that nothing is lost, mixed up,
 * leaked, hung or cut off silently, that limits hold, and that a failure has the kind that retries depend on. It cannot be
 * declared as unsupported.
 */
@Documented
@Tag("safety")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Safety {}
