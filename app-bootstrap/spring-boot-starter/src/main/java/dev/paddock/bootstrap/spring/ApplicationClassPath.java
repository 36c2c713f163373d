package dev.paddock.bootstrap.spring;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The class path of an application without {@code application.properties}: Spring reads that file, with relaxed names and profiles, and
 * its values come as overrides. Paddock reads {@code application.conf}.
 */
final class ApplicationClassPath extends ClassLoader {

    private static final String OF_SPRING = "application.properties";

    ApplicationClassPath(@Nullable ClassLoader classPath) {
        super(classPath);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return name.equals(OF_SPRING) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(OF_SPRING) ? Collections.emptyEnumeration() : super.getResources(name);
    }
}
