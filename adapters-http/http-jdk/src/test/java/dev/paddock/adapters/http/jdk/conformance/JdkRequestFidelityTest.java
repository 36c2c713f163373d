package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.RequestFidelityTestSuite;

class JdkRequestFidelityTest extends RequestFidelityTestSuite implements JdkConformance {}
