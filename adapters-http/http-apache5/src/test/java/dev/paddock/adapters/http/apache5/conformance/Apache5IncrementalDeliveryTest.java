package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class Apache5IncrementalDeliveryTest extends IncrementalDeliveryTestSuite implements Apache5Conformance {}
