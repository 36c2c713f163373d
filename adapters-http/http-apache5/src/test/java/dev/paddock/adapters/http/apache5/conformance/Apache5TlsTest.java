package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.TlsTestSuite;

class Apache5TlsTest extends TlsTestSuite implements Apache5Conformance {}
