package dev.paddock.ports.admission;

import dev.paddock.domain.admission.ModelGroup;
import dev.paddock.domain.exchange.ExchangeRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Knows what a group of model servers can do for the calls to a model. Implementations are thread-safe and never block. */
public interface ModelCapacityPort {

    /**
     * Returns which queue a call belongs to now: all names that stand for the same model on the same servers have the same one. What a name
     * stands for can depend on the API of the path.
     */
    ModelGroup group(ExchangeRequest request);

    /**
     * Returns how many calls to a model the servers that have it in memory answer at the same time, together; while none has it, how many
     * one of them would. Failures of servers do not lower it when all of them fail.
     *
     * @param usual what a server answers at least for which no other number is set
     * @return 1 or more
     */
    int slots(ModelGroup group, int usual);

    /**
     * Returns how long loading the model takes before any server can begin to answer, by what was measured lately. It is null when a server
     * can begin within the limit, or when that is not known.
     *
     * @param limit the time in which an answer must begin
     */
    @Nullable Duration loadBeyond(ExchangeRequest request, ModelGroup group, Duration limit);

    /** Returns the capacity of one server of which nothing else is known. */
    static ModelCapacityPort usual() {
        return new ModelCapacityPort() {
            @Override
            public ModelGroup group(ExchangeRequest request) {
                return ModelGroup.of(request.model());
            }

            @Override
            public int slots(ModelGroup group, int usual) {
                return usual;
            }

            @Override
            public @Nullable Duration loadBeyond(ExchangeRequest request, ModelGroup group, Duration limit) {
                return null;
            }
        };
    }
}
