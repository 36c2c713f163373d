package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.RequestFidelityTestSuite;

class Apache5RequestFidelityTest extends RequestFidelityTestSuite implements Apache5Conformance {}
