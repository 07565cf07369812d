package dev.unitymlops.testkit;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which run of which job an event belongs to.
 *
 * @param jobId the record's key
 * @param run from 1
 */
record RunOfJob(String jobId, int run) {

    static RunOfJob of(ConsumerRecord<String, ? extends SpecificRecord> record) {
        SpecificRecord event = record.value();
        return new RunOfJob(
                record.key(), (int) event.get(event.getSchema().getField("run").pos()));
    }

    @Override
    public String toString() {
        return "job " + jobId + " run " + run;
    }
}
