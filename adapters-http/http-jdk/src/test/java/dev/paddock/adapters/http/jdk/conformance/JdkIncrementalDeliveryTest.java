package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class JdkIncrementalDeliveryTest extends IncrementalDeliveryTestSuite implements JdkConformance {}
