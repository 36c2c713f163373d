package dev.paddock.adapters.http.jdk.conformance;

import dev.paddock.adapters.http.jdk.JdkTransportFactory;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.tck.transport.TransportUnderTest;
import dev.paddock.tck.transport.UnsupportedCases;

/** The transport over the JDK's client as the conformance kit tests it, with what it does not support. */
interface JdkConformance extends TransportUnderTest {

    @Override
    default HttpTransportFactory factory() {
        return new JdkTransportFactory();
    }

    @Override
    default UnsupportedCases unsupported() {
        return UnsupportedCases.none()
                .with("execute_firstAddressDoesNotAnswer_isConnectedToTheSecondSoon", "the client tries the first address of a name only")
                .with("reportedEvents_each_isReported", "the client reports nothing about its connections")
                .with("execute_getRequest_addsNothingButTheHost", "the client adds User-Agent")
                .with("execute_noBodyOfAnotherMethod_saysNothingOfLength", "the client adds Content-Length: 0")
                .with("execute_fieldsOfManyKinds_sendsThemAsGivenAndInOrder", "the client sorts the fields by their names")
                .with(
                        "execute_errorStatus_keepsOrderAndCaseOfFields",
                        "the client sorts the fields and changes their names to lower case")
                .with(
                        "execute_unusualTarget_isSentByteForByte[empty query]",
                        "the client would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[asterisk]",
                        "the client would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[fragment]",
                        "the client would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[delimiters]",
                        "the client would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[absolute form]",
                        "the client would change this target, so that the transport refuses it")
                .with(
                        "execute_unusualTarget_isSentByteForByte[beyond ASCII]",
                        "the client would change this target, so that the transport refuses it")
                .with("execute_headThatBreaksASyntaxRule_isMalformed[field without a colon]", "the client ignores such a line")
                .with("read_trailersThatEndEarly_areTruncated", "the client reads no trailers")
                .with(
                        "read_chunkSizeOfTwentyDigits_isMalformed",
                        "the parser of the client never ends on a size above 31 bits; time limits end the call")
                .with("read_chunkOfFourGigabytes_isNotTakenForTheLastChunk", "the client reads the last 32 bits of a size")
                .with(
                        "execute_answerBeforeTheBodyIsSent_isDelivered[server stops reading]",
                        "the client sends the whole request first")
                .with(
                        "execute_unaskedBytesBehindAResponse_endTheirConnection",
                        "the client drops such bytes and uses the connection again")
                .with(
                        "execute_unaskedBytesInTheRecordOfTheBody_endTheirConnection",
                        "the client drops such bytes and uses the connection again")
                .with("execute_serverSaysSoInARareWay_isHonoured", "the client knows Connection: close only")
                .withRace(
                        "execute_answerBeforeTheBodyIsSent_isDelivered[server closes]",
                        "the client may miss a reset while it sends; time limits end the call")
                .withRace(
                        "execute_unaskedBytesJustBefore_areNotTakenForTheNextResponse",
                        "the client notices such bytes in a thread of its own")
                .withRace(
                        "execute_secureConnectionClosedByTheServerWhileIdle_isReplaced",
                        "the client notices the end of a connection in a thread of its own");
    }
}
