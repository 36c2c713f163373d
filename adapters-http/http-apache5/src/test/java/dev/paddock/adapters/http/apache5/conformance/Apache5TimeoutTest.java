package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.TimeoutTestSuite;

class Apache5TimeoutTest extends TimeoutTestSuite implements Apache5Conformance {}
