package dev.paddock.tck.transport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a case of level <em>strict</em>: fidelity and diagnostics beyond {@linkplain Safety safety}. A transport may
 * declare such a case as unsupported ({@link TransportUnderTest#unsupported()}).
 */
@Documented
@Tag("strict")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Strict {

    /** Returns what a transport does that passes the case: a clause that the table of transports can quote. */
    String value();
}
