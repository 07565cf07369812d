package dev.unitymlops.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DueTimesTest {

    private final DueTimes due = new DueTimes();

    @Test
    void thoseWhoseTimeHasComeAreToldEarliestFirst() {
        due.put("late", 30);
        due.put("b", 20);
        due.put("a", 20);
        due.put("early", 10);
        assertThat(due.over(9)).isEmpty();
        assertThat(due.over(20)).containsExactly("early", "a", "b");
        assertThat(due.over(20)).as("they stay").hasSize(3);
    }

    @Test
    void aLaterTimeReplacesTheEarlier() {
        due.put("job", 10);
        due.put("job", 20);
        assertThat(due.over(19)).isEmpty();
        assertThat(due.over(20)).containsExactly("job");
    }

    @Test
    void whatIsRemovedIsNotTold() {
        due.put("job", 10);
        due.put("other", 10);
        due.remove("job");
        due.remove("unknown");
        assertThat(due.over(10)).containsExactly("other");
        due.clear();
        assertThat(due.over(10)).isEmpty();
    }
}
