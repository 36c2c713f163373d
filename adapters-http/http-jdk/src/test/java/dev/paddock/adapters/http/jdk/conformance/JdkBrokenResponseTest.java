package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.BrokenResponseTestSuite;

class JdkBrokenResponseTest extends BrokenResponseTestSuite implements JdkConformance {}
