package dev.paddock.adapters.http.wire;

import io.netty.buffer.ByteBuf;

final class WireOfBuffers {
    ByteBuf buffer;
}
