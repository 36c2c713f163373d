package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.MalformedResponseTestSuite;

class JdkMalformedResponseTest extends MalformedResponseTestSuite implements JdkConformance {}
