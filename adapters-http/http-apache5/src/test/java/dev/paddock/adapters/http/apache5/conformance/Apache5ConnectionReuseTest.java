package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.ConnectionReuseTestSuite;

class Apache5ConnectionReuseTest extends ConnectionReuseTestSuite implements Apache5Conformance {}
