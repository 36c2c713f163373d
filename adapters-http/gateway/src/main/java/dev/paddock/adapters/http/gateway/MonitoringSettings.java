package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;

/**
 * The settings of what operators see of a gateway. Immutable.
 *
 * @param logFormat the format of the access log
 * @param isMonitoringLogged whether health checks and scrapes of the metrics are in the access log
 * @param isReadyAfterAnswer whether the gateway is ready only when its model server has answered once
 * @param hasDashboard whether it has a dashboard
 */
public record MonitoringSettings(
        AccessLogFormat logFormat, boolean isMonitoringLogged, boolean isReadyAfterAnswer, boolean hasDashboard) {

    /** Text without health checks and scrapes; ready at once; with a dashboard. */
    public static final MonitoringSettings DEFAULT = new MonitoringSettings(AccessLogFormat.TEXT, false, false, true);

    public MonitoringSettings {
        requireNonNull(logFormat, "logFormat");
    }
}
