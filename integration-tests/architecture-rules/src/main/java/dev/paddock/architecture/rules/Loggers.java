package dev.paddock.architecture.rules;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** The logging libraries that rules look for, besides {@code System.Logger}. */
final class Loggers {

    static final String[] PACKAGES = {
        "java.util.logging..", "org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..", "org.jboss.logging.."
    };

    private static final Set<String> TYPES = Set.of(
            "java.lang.System$Logger", "java.util.logging.Logger", "org.slf4j.Logger", "org.slf4j.spi.LoggingEventBuilder",
            "org.apache.logging.log4j.Logger", "org.apache.commons.logging.Log", "org.jboss.logging.Logger");

    private Loggers() {}

    /** Tells whether an access is a call of a logger. */
    static boolean isCall(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return TYPES.contains(owner.getName()) || TYPES.stream().anyMatch(owner::isAssignableTo);
    }
}
