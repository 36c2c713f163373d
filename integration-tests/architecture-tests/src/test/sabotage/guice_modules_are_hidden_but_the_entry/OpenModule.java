package dev.paddock.bootstrap;

import com.google.inject.AbstractModule;

public final class OpenModule extends AbstractModule {}
