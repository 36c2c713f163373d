package dev.paddock.domain.reuse;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;

/** Between which callers answers are shared. */
public enum Tenancy {
    /** Each caller has answers of its own. */
    SEPARATE,
    /** All callers share their answers. Whether an answer comes at once then reveals what others asked. */
    SHARED;

    /** Returns the caller to whom the answer to a call belongs; empty for none. */
    public String tenantOf(CallContext context) {
        String caller = context.get(CallAttributes.CALLER);
        return this == SHARED || caller == null ? "" : caller;
    }
}
