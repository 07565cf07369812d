package dev.unitymlops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unitymlops.events.TrainingJob;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class JobJsonTest {

    @Test
    void anyJobSurvivesTheWayThroughJsonAndKeepsItsHash() {
        RandomJobs jobs = new RandomJobs(4711);
        for (int i = 0; i < 200; i++) {
            TrainingJob job = jobs.next();
            TrainingJob back = JobJson.fromJson(Jobs.json(Json.write(JobJson.toJson(job))));
            assertThat(back).isEqualTo(job);
            assertThat(ContentHash.of(back)).isEqualTo(ContentHash.of(job));
        }
    }

    @Test
    void jsonTextIsNestedAndNullIsLeftOut() {
        TrainingJob job = Jobs.with("asset_spec.hints", "{\"style\": {\"careful\": true}}");
        assertThat(JobJson.toJson(job).at("/asset_spec/hints/style/careful").booleanValue())
                .isTrue();
        assertThat(JobJson.toJson(job).has("webhook_url")).isFalse();
    }

    @Test
    void theJsonTextFieldsAreThoseThatTheSchemaCallsSo() {
        Set<String> documented = new HashSet<>();
        collect(TrainingJob.getClassSchema(), documented);
        assertThat(JobJson.JSON_TEXT).isEqualTo(documented);
    }

    @Test
    void whatIsNoJobIsRefused() {
        assertThatThrownBy(() -> JobJson.fromJson(Jobs.json("{\"job_id\": 1, \"color\": 2}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("job_id", "color", "asset_spec", "rl_config");
        assertThatThrownBy(() -> JobJson.fromJson(Jobs.json("[]"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static void collect(Schema schema, Set<String> documented) {
        if (schema.getType() == Schema.Type.UNION) {
            schema.getTypes().forEach(branch -> collect(branch, documented));
        } else if (schema.getType() == Schema.Type.RECORD) {
            schema.getFields().forEach(field -> {
                Stream.of(field).filter(f -> f.doc().startsWith("JSON object")).forEach(f -> documented.add(f.name()));
                collect(field.schema(), documented);
            });
        }
    }
}
