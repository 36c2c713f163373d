package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.TlsTestSuite;

class JdkTlsTest extends TlsTestSuite implements JdkConformance {}
