package dev.unitymlops.testkit;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A promise of the pipeline about the records on its topics, to be asserted after whatever a test did to it. */
public interface DeliveryGuarantee {

    /** Says each breach in a line; empty when the promise was kept. */
    List<String> breaches(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records);

    /** Fails with every breach when there is one. */
    default void assertKept(List<? extends ConsumerRecord<String, ? extends SpecificRecord>> records) {
        List<String> breaches = breaches(records);
        if (!breaches.isEmpty()) {
            throw new AssertionError(this + " was broken:\n" + String.join("\n", breaches));
        }
    }
}
