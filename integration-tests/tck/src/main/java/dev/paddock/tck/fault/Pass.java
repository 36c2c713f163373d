package dev.paddock.tck.fault;

import java.io.OutputStream;

/** The toxics that need no memory: everything passes, or nothing does. */
enum Pass implements Toxic {
    NOTHING_WRONG {
        @Override
        public OutputStream on(OutputStream next, Wire wire) {
            return next;
        }
    },
    NOTHING_ARRIVES {
        @Override
        public OutputStream on(OutputStream next, Wire wire) {
            return OutputStream.nullOutputStream();
        }
    }
}
