package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.BodyTestSuite;

class Apache5BodyTest extends BodyTestSuite implements Apache5Conformance {}
