package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.BrokenResponseTestSuite;

class Apache5BrokenResponseTest extends BrokenResponseTestSuite implements Apache5Conformance {}
