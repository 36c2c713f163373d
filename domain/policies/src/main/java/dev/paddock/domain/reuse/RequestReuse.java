package dev.paddock.domain.reuse;

import static java.util.Objects.requireNonNull;

/** Whether and as what the answer to one request may serve equal requests. */
public sealed interface RequestReuse {

    /**
     * The answer may serve equal requests.
     *
     * @param fingerprint the hash by which equal requests are found
     * @param kind why it may
     * @param shape the form in which the answer is asked for
     * @param keepsModel whether the request also says how long the model stays loaded
     */
    record Reusable(RequestFingerprint fingerprint, ReuseKind kind, AnswerShape shape, boolean keepsModel) implements RequestReuse {

        public Reusable {
            requireNonNull(fingerprint, "fingerprint");
            requireNonNull(kind, "kind");
            requireNonNull(shape, "shape");
        }
    }

    /**
     * The request must be answered by the server, and its answer serves no other request.
     *
     * @param reason why
     */
    record NotReusable(BypassReason reason) implements RequestReuse {

        public NotReusable {
            requireNonNull(reason, "reason");
        }
    }
}
