package dev.paddock.test;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.ports.llm.LlmPort;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;

/** Gives tests their server and their client, and resets the server between tests. */
final class SimulatorExtension
        implements BeforeAllCallback, TestInstancePreConstructCallback, TestInstancePostProcessor, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SimulatorExtension.class);
    private static final List<Class<?>> INJECTED_BY_TYPE = List.of(StubbedServer.class, Paddock.class, LlmPort.class, BaseUrl.class);
    private static final Object STORES = new Object(); // one lock: values are made rarely

    SimulatorExtension() {}

    /** Makes instances of a parallel run and of an injection see the context of their test, where the client of the test is. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startShared(context);
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        startShared(context); // before beforeAll when one instance serves all tests
    }

    /** Starts the server of an annotated class before anything else needs it, and fills the static fields. */
    private void startShared(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        List<Field> fields = fields(testClass, true);
        if (SimulatorScope.find(testClass) != null) {
            StubbedServer unused = running(context, null).server();
        } else if (!fields.isEmpty()) {
            throw new ExtensionConfigurationException("the static field " + fields.getFirst() + " needs @PaddockSimulator on its class");
        }
        fields.forEach(field -> set(field, null, classContext(context, testClass)));
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
        fields(instance.getClass(), false).forEach(field -> set(field, instance, context));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        PaddockSimulator ofMethod = SimulatorScope.annotationOf(context.getRequiredTestMethod());
        if (isShared(context)) {
            running(context, null).beginTest();
        } else if (ofMethod != null) {
            StubbedServer unused = running(context, ofMethod).server();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (isShared(context)) {
            running(context, null).server().reset();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        // A parameter with another annotation belongs to another extension, for example @Autowired.
        boolean isPlain = parameter.getParameter().getAnnotations().length == 0;
        return parameter.isAnnotated(PaddockSimulator.class) || (isPlain && INJECTED_BY_TYPE.contains(parameter.getParameter().getType()));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return value(parameter.getParameter().getType(), parameter.getParameter(), context);
    }

    private static List<Field> fields(Class<?> testClass, boolean isStatic) {
        return AnnotationSupport.findAnnotatedFields(
                testClass, PaddockSimulator.class, field -> ModifierSupport.isStatic(field) == isStatic, HierarchyTraversalMode.TOP_DOWN);
    }

    private static void set(Field field, @Nullable Object instance, ExtensionContext context) {
        if (Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException("the field " + field + " must not be final");
        }
        try {
            field.setAccessible(true);
            field.set(instance, value(field.getType(), field, context));
        } catch (IllegalAccessException impossible) {
            throw new ExtensionConfigurationException("cannot set " + field, impossible);
        }
    }

    private static Object value(Class<?> type, AnnotatedElement target, ExtensionContext context) {
        RunningServer running = running(context, SimulatorScope.annotationOf(target));
        String baseUrl = running.server().baseUrl();
        if (type.equals(StubbedServer.class)) {
            return running.server();
        }
        if (type.equals(Paddock.class) || type.equals(LlmPort.class)) {
            Paddock client = stored(context, "client of the test", () -> new OpenClient(running.connect()), OpenClient.class).client();
            return type.equals(Paddock.class) ? client : client.llm();
        }
        if (type.equals(BaseUrl.class)) {
            return BaseUrl.parse(baseUrl);
        }
        if (type.equals(URI.class)) {
            return URI.create(baseUrl);
        }
        if (type.equals(String.class)) {
            return baseUrl;
        }
        throw new ExtensionConfigurationException("@PaddockSimulator cannot inject a " + type.getName() + " into " + target);
    }

    private static boolean isShared(ExtensionContext context) {
        return SimulatorScope.find(context.getRequiredTestClass()) != null;
    }

    /** Returns the server of the annotated class, or of the test when there is none. */
    private static RunningServer running(ExtensionContext context, @Nullable PaddockSimulator ofElement) {
        SimulatorScope scope = SimulatorScope.find(context.getRequiredTestClass());
        if (scope != null) {
            return stored(classContext(context, scope.owner()), "server", () -> new RunningServer(scope.annotation()), RunningServer.class);
        }
        if (context.getTestMethod().isEmpty()) {
            throw new ExtensionConfigurationException("what serves several tests needs @PaddockSimulator on " + context.getRequiredTestClass());
        }
        PaddockSimulator ofMethod = SimulatorScope.annotationOf(context.getRequiredTestMethod());
        return stored(context, "server", () -> new RunningServer(ofMethod == null ? ofElement : ofMethod), RunningServer.class);
    }

    /** Returns the context of an enclosing class. */
    private static ExtensionContext classContext(ExtensionContext context, Class<?> wanted) {
        ExtensionContext found = context;
        Optional<ExtensionContext> candidate = Optional.of(context);
        while (candidate.isPresent()) {
            boolean isClass = candidate.get().getTestMethod().isEmpty();
            if (isClass && candidate.get().getTestClass().filter(wanted::isAssignableFrom).isPresent()) {
                found = candidate.get();
                break;
            }
            candidate = candidate.get().getParent();
        }
        return found;
    }

    private static <T> T stored(ExtensionContext context, String kind, Supplier<T> maker, Class<T> type) {
        Store store = context.getStore(NAMESPACE);
        String key = kind + " of " + context.getUniqueId(); // a store finds the values of the contexts around it too
        synchronized (STORES) {
            T present = store.get(key, type);
            T value = present == null ? maker.get() : present;
            if (present == null) {
                store.put(key, value);
            }
            return value;
        }
    }

    /** A client that is closed with the context that it belongs to. */
    private record OpenClient(Paddock client) implements AutoCloseable {

        @Override
        public void close() {
            client.close();
        }
    }
}
