package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.IncrementalDeliveryTestSuite;

class OkHttpIncrementalDeliveryTest extends IncrementalDeliveryTestSuite implements OkHttpConformance {}
