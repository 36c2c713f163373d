package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.LifecycleTestSuite;

class JdkLifecycleTest extends LifecycleTestSuite implements JdkConformance {}
