package dev.paddock.example.socket;

import dev.paddock.tck.transport.ForwardTestSuite;

class SocketForwardTest extends ForwardTestSuite implements SocketConformance {}
