package dev.paddock.bootstrap.spring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Loads Paddock's classes once more, as a process does that starts, and keeps their names; all others are those of the test. Thread-safe. */
final class OwnClasses extends ClassLoader {

    private static final String PREFIX = "dev.paddock.";

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    static {
        registerAsParallelCapable();
    }

    OwnClasses() {
        super(OwnClasses.class.getClassLoader());
    }

    /** Returns the names of Paddock's classes that are loaded so far. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PREFIX)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] content = file.readAllBytes();
            names.add(name);
            return defineClass(name, content, 0, content.length);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
