package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.MalformedResponseTestSuite;

class Apache5MalformedResponseTest extends MalformedResponseTestSuite implements Apache5Conformance {}
