package dev.paddock.adapters.http.apache5.conformance;

import dev.paddock.tck.transport.ForwardTestSuite;

class Apache5ForwardTest extends ForwardTestSuite implements Apache5Conformance {}
