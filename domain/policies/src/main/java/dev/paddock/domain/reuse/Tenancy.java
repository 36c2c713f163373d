package dev.paddock.domain.reuse;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import java.util.Objects;

/** Between which callers answers are shared. */
public enum Tenancy {
    /** Each caller has answers of its own. */
    SEPARATE,
    /** All callers share their answers. Whether an answer comes at once then reveals what others asked. */
    SHARED;

    /** Returns the caller to whom the answer to a call belongs; empty for none. */
    public String tenantOf(CallContext context) {
        if (this == SHARED) {
            return "";
        }
        String tenant = context.get(CallAttributes.TENANT);
        return Objects.requireNonNullElse(tenant == null ? context.get(CallAttributes.CALLER) : tenant, "");
    }
}
