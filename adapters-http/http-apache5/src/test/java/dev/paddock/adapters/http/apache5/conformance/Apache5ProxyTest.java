package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.ProxyTestSuite;

class Apache5ProxyTest extends ProxyTestSuite implements Apache5Conformance {}
