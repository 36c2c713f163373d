package dev.paddock.testsupport.fault;

import java.io.OutputStream;

/** The toxics that need no memory: everything passes, or nothing does. */
enum StatelessToxic implements Toxic {
    NONE {
        @Override
        public OutputStream on(OutputStream next, TcpConnection wire) {
            return next;
        }
    },
    BLACKHOLE {
        @Override
        public OutputStream on(OutputStream next, TcpConnection wire) {
            return OutputStream.nullOutputStream();
        }
    }
}
