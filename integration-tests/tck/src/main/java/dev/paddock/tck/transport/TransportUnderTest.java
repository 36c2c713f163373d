package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.HttpTransportFactory;

/**
 * The transport that the suites test, with its declarations. Each suite implements this interface without its methods.
 * Write one interface per transport that extends this one and gives both methods a body, and let each test class implement it:
 *
 * <pre>{@code
 * interface MyConformance extends TransportUnderTest {
 *
 *     @Override
 *     default HttpTransportFactory factory() {
 *         return new MyTransportFactory();
 *     }
 *
 *     @Override
 *     default UnsupportedCases unsupported() {
 *         return UnsupportedCases.none().with("execute_tooLongLine_isMalformed", "the library has no such limit");
 *     }
 * }
 *
 * class MyBodyTest extends BodyTestSuite implements MyConformance {}
 * }</pre>
 */
public interface TransportUnderTest {

    /** Returns the factory of the transport. Called several times in a test; the factories must be equivalent. */
    HttpTransportFactory factory();

    /** Returns the strict cases that the transport does not support, with a reason for each: none by default. */
    default UnsupportedCases unsupported() {
        return UnsupportedCases.none();
    }
}
