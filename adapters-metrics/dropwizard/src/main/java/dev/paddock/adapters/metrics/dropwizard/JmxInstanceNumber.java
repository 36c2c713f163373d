package dev.paddock.adapters.metrics.dropwizard;

import java.util.Hashtable;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The number of a reporting to one bean server, 1 for the first. The bean server itself assigns the numbers, by a bean that can be
 * registered only once, so that reportings of other class loaders are counted too.
 */
final class JmxInstanceNumber implements AutoCloseable {

    private final MBeanServer server;
    private final ObjectName mark;
    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    private JmxInstanceNumber(MBeanServer server, ObjectName mark, int number) {
        this.server = server;
        this.mark = mark;
        this.number = number;
    }

    /** Reserves the lowest free number, until closed. */
    static JmxInstanceNumber take(MBeanServer server, String domain) {
        try {
            for (int number = 1; ; number++) {
                ObjectName mark = mark(domain, number);
                if (tryRegister(server, mark)) {
                    return new JmxInstanceNumber(server, mark, number);
                }
            }
        } catch (JMException failure) {
            throw new IllegalStateException("the bean server accepts no bean", failure);
        }
    }

    /** Adds the number to the name of a bean; the first reporting has plain names. */
    ObjectName addTo(ObjectName name) throws MalformedObjectNameException {
        if (number == 1) {
            return name;
        }
        // The constructor of ObjectName asks for this type.
        @SuppressWarnings("JdkObsolete")
        Hashtable<String, String> properties = new Hashtable<>(name.getKeyPropertyList());
        properties.put("client", String.valueOf(number));
        return new ObjectName(name.getDomain(), properties);
    }

    /** Releases the number. Closing again does nothing: another reporting may have the number by then. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            server.unregisterMBean(mark);
        } catch (InstanceNotFoundException alreadyGone) {
            return;
        } catch (JMException failure) {
            throw new IllegalStateException("the bean server does not remove a bean", failure);
        }
    }

    private static ObjectName mark(String domain, int number) throws MalformedObjectNameException {
        return new ObjectName(domain + ".reporting:client=" + number);
    }

    private static boolean tryRegister(MBeanServer server, ObjectName mark) throws JMException {
        try {
            server.registerMBean(new StandardMBean(new Mark() {}, Mark.class), mark);
            return true;
        } catch (InstanceAlreadyExistsException taken) {
            return false;
        }
    }

    /** An empty bean. Public because managed beans have to be. */
    public interface Mark {}
}
