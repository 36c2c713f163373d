package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class JdkConnectionReuseTest extends ConnectionReuseTestSuite implements JdkConformance {}
