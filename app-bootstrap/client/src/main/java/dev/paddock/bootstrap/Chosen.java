package dev.paddock.bootstrap;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;

/** The one of several parts that the settings name. */
@Documented
@Qualifier
@Retention(RUNTIME)
@interface Chosen {}
