package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.LifetimeTestSuite;

class Apache5LifetimeTest extends LifetimeTestSuite implements Apache5Conformance {}
