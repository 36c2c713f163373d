package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.PoolTestSuite;

class JdkPoolTest extends PoolTestSuite implements JdkConformance {}
