package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;

final class Bindings extends AbstractModule {}
