package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.ForwardTestSuite;

class JdkForwardTest extends ForwardTestSuite implements JdkConformance {}
