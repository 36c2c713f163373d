package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.LifetimeTestSuite;

class JdkLifetimeTest extends LifetimeTestSuite implements JdkConformance {}
