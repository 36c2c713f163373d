package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.TimeoutTestSuite;

class JdkTimeoutTest extends TimeoutTestSuite implements JdkConformance {}
