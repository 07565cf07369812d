package dev.unitymlops.testkit.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Unix expressions of every form, most of them in the hours in which clocks change. */
public final class RandomExpressions {
    private static final List<String> MONTHS =
            List.of("JAN", "feb", "MAR", "APR", "may", "JUN", "JUL", "AUG", "SEP", "oct", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "mon", "TUE", "WED", "THU", "fri", "SAT");

    private final Random random;

    /** Those that follow from a seed. */
    public RandomExpressions(Random random) {
        this.random = random;
    }

    /** One more; it may be one that never fires. */
    public String next() {
        return String.join(" ", minute(), hour(), dayOfMonth(), month(), dayOfWeek());
    }

    private String minute() {
        return switch (random.nextInt(8)) {
            case 0 -> "*";
            case 1 -> "*/" + between(2, 59);
            case 2 -> between(0, 20) + "/" + between(2, 40);
            default -> list(0, 59);
        };
    }

    private String hour() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> "*";
            case 2 -> "*/" + between(2, 23);
            case 3 -> "*,5";
            case 4 -> between(0, 3) + "/" + between(1, 12);
            case 5 -> list(0, 23);
            default -> list(0, 4);
        };
    }

    private String dayOfMonth() {
        return switch (random.nextInt(8)) {
            case 0 -> "*/" + between(2, 15);
            case 1 -> list(1, 31);
            case 2 -> list(28, 31);
            default -> "*";
        };
    }

    private String month() {
        return switch (random.nextInt(8)) {
            case 0 -> list(1, 12);
            case 1 -> MONTHS.get(between(0, 5)) + "-" + MONTHS.get(between(6, 11));
            case 2 -> MONTHS.get(between(0, 11));
            case 3 -> between(1, 6) + "/" + between(2, 6);
            default -> "*";
        };
    }

    private String dayOfWeek() {
        return switch (random.nextInt(8)) {
            case 0 -> list(0, 7).replace("/7", "/6");
            case 1 -> DAYS.get(between(1, 3)) + "-" + DAYS.get(between(4, 6));
            case 2 -> DAYS.get(between(0, 6));
            case 3 -> "*/" + between(2, 4);
            case 4 -> between(0, 7) + "/" + between(2, 3);
            default -> "*";
        };
    }

    /** One to three numbers, ranges or ranges with steps. */
    private String list(int least, int most) {
        List<String> parts = new ArrayList<>();
        for (int i = between(1, 3); i > 0; i--) {
            int from = between(least, most);
            parts.add(random.nextInt(3) > 0 ? "" + from : from + "-" + between(from, most) + step(most - least));
        }
        return parts.stream().collect(Collectors.joining(","));
    }

    private String step(int most) {
        return random.nextBoolean() && most >= 2 ? "/" + between(2, Math.min(most, 20)) : "";
    }

    private int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
