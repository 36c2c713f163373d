package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.CancellationTestSuite;

class Apache5CancellationTest extends CancellationTestSuite implements Apache5Conformance {}
