package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.CancellationTestSuite;

class JdkCancellationTest extends CancellationTestSuite implements JdkConformance {}
