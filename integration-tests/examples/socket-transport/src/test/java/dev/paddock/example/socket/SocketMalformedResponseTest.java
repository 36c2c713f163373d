package dev.paddock.example.socket;

import dev.paddock.tck.transport.MalformedResponseTestSuite;

class SocketMalformedResponseTest extends MalformedResponseTestSuite implements SocketConformance {}
