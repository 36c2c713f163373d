package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.tck.transport.BodyTestSuite;

class OkHttpBodyTest extends BodyTestSuite implements OkHttpConformance {}
