package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.ProxyTestSuite;

class JdkProxyTest extends ProxyTestSuite implements JdkConformance {}
