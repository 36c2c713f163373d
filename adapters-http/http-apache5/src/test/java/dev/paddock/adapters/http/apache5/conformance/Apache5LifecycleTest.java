package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.LifecycleTestSuite;

class Apache5LifecycleTest extends LifecycleTestSuite implements Apache5Conformance {}
