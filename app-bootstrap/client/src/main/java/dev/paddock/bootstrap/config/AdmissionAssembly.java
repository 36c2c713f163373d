package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.manyBytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.number;
import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;

import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.domain.admission.AdmissionSettings;
import org.jspecify.annotations.Nullable;

/** Makes the settings of the admission queue from keys. They are checked even when it is switched off. */
final class AdmissionAssembly {

    private static final String BYTES = "paddock.admission.bytes";
    private static final int MOST_CALLS = 10_000;
    private static final int MOST_GATEWAYS = 1000;
    private static final int MOST_WAITING = 1_000_000;
    private static final long KIBIBYTE = 1L << 10;
    private static final long TEBIBYTE = 1L << 40;

    private final SettingReader reader;
    private final long heap;

    /** Creates the assembly for a process with a heap of the given size. */
    AdmissionAssembly(SettingReader reader, long heap) {
        this.reader = reader;
        this.heap = heap;
    }

    /** Returns the settings, or null when the queue is switched off. */
    @Nullable AdmissionSettings assemble() {
        reader.requireAtMost(BYTES, heap / 2, "half of the heap");
        int slots = reader.read("paddock.admission.slots", wholeNumber(1, MOST_CALLS));
        AdmissionSettings settings = AdmissionSettings.DEFAULT
                .withSlots(slots, Math.max(slots, reader.read("paddock.admission.most-slots", wholeNumber(1, MOST_CALLS))))
                .withGateways(reader.read("paddock.admission.gateways", wholeNumber(1, MOST_GATEWAYS)))
                .withQueue(
                        reader.read("paddock.admission.requests", wholeNumber(1, MOST_WAITING)),
                        Math.min(heap / 2, reader.read(BYTES, manyBytes(KIBIBYTE, TEBIBYTE))))
                .withWaits(
                        reader.read("paddock.admission.longest-wait.interactive", duration()),
                        reader.read("paddock.admission.longest-wait.batch", duration()))
                .withUnread(reader.read("paddock.admission.unread", duration()))
                .withBatchShare(reader.read("paddock.admission.batch-share", number(0, 1)));
        return isEnabled() ? settings : null;
    }

    /** Returns whether the queue is switched on. */
    boolean isEnabled() {
        return reader.read("paddock.admission.enabled", flag());
    }
}
