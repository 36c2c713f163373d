package dev.paddock.adapters.http.okhttp.conformance;

import dev.paddock.adapters.http.okhttp.OkHttpTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TransportUnderTest;
import dev.paddock.tck.transport.UnsupportedCases;

/** The transport over OkHttp as the conformance kit tests it, with what it does not support. */
interface OkHttpConformance extends TransportUnderTest {

    @Override
    default HttpTransportFactory factory() {
        return new OkHttpTransportFactory();
    }

    @Override
    default UnsupportedCases unsupported() {
        return UnsupportedCases.none()
                .with("execute_severalIdle_usesTheOneUsedLast", "OkHttp takes the oldest idle connection")
                .with(
                        "execute_fieldsOfManyKinds_sendsThemAsGivenAndInOrder",
                        "OkHttp sends values in UTF-8, so that the transport refuses others")
                .with(
                        "execute_unusualTarget_isSentByteForByte[asterisk]",
                        "OkHttp would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[dots]",
                        "OkHttp would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[fragment]",
                        "OkHttp would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[delimiters]",
                        "OkHttp would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[absolute form]",
                        "OkHttp would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[beyond ASCII]",
                        "OkHttp would change this target, so that the transport refuses it");
    }
}
