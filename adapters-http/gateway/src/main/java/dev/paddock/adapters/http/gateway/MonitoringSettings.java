package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;

/**
 * The settings of what operators see of a gateway. Immutable.
 *
 * @param logFormat the format of the access log
 * @param isMonitoringLogged whether health checks and scrapes of the metrics are in the access log
 * @param isReadyAfterAnswer whether the gateway is ready only when its model server has answered once
 */
public record MonitoringSettings(AccessLogFormat logFormat, boolean isMonitoringLogged, boolean isReadyAfterAnswer) {

    /** Text without health checks and scrapes; ready at once. */
    public static final MonitoringSettings DEFAULT = new MonitoringSettings(AccessLogFormat.TEXT, false, false);

    public MonitoringSettings {
        requireNonNull(logFormat, "logFormat");
    }
}
