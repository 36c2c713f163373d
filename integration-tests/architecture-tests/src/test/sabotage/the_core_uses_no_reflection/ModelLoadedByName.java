package dev.paddock.domain.model;

final class ModelLoadedByName {
    Object load(String name) throws ReflectiveOperationException {
        return Class.forName(name).getDeclaredConstructor().newInstance();
    }
}
