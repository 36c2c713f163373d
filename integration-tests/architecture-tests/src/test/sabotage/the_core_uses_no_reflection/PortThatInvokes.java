package dev.paddock.ports.llm.decorator;

import java.lang.reflect.Method;

final class PortThatInvokes {
    Object call(Method method, Object target) throws ReflectiveOperationException {
        return method.invoke(target);
    }
}
