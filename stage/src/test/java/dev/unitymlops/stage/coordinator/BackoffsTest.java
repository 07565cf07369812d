package dev.unitymlops.stage.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffsTest {

    private final Backoffs backoffs = new Backoffs();

    @Test
    void thoseWhoseTimeHasComeAreToldEarliestFirst() {
        backoffs.put("late", 30);
        backoffs.put("b", 20);
        backoffs.put("a", 20);
        backoffs.put("early", 10);
        assertThat(backoffs.over(9)).isEmpty();
        assertThat(backoffs.over(20)).containsExactly("early", "a", "b");
        assertThat(backoffs.over(20)).as("they stay").hasSize(3);
    }

    @Test
    void aLaterTimeReplacesTheEarlier() {
        backoffs.put("job", 10);
        backoffs.put("job", 20);
        assertThat(backoffs.over(19)).isEmpty();
        assertThat(backoffs.over(20)).containsExactly("job");
    }

    @Test
    void whatIsRemovedIsNotTold() {
        backoffs.put("job", 10);
        backoffs.put("other", 10);
        backoffs.remove("job");
        backoffs.remove("unknown");
        assertThat(backoffs.over(10)).containsExactly("other");
        backoffs.clear();
        assertThat(backoffs.over(10)).isEmpty();
    }
}
