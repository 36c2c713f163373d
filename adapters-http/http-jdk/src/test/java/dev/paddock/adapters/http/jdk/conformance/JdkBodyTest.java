package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.BodyTestSuite;

class JdkBodyTest extends BodyTestSuite implements JdkConformance {}
