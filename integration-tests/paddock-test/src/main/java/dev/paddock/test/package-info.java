/** A test kit for services that call models: a simulated server and a fake port, whose answers a test chooses. */
@NullMarked
package dev.paddock.test;

import org.jspecify.annotations.NullMarked;
