package dev.unitymlops.train.console;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a line of the trainer's console into a {@link ConsoleLine}. Stateless. */
public final class ConsoleParser {

    /** A behaviour's name may itself hold dots and spaces; a printed reward may be {@code nan} or {@code inf}. */
    private static final Pattern PROGRESS = Pattern.compile("^\\[INFO] (?<behavior>.+?)\\. Step: (?<step>\\d+)\\. "
            + "Time Elapsed: (?<elapsed>[\\d.]+) s\\. "
            + "(?:(?:Rank: \\d+\\. )?Mean Reward: (?<mean>-?[\\d.]+|-?inf|nan)\\. "
            + "(?:Mean Group Reward: (?:-?[\\d.]+|-?inf|nan)|Std of Reward: (?<std>[\\d.]+|inf|nan))"
            + "|No episode was completed since last summary)\\. "
            + "(?:Training|Not Training)\\.(?: ELO: -?[\\d.]+\\.)?$");

    private static final List<Rule> RULES = List.of(
            new Rule(PROGRESS, ConsoleParser::progress),
            new Rule(
                    "^\\[INFO] Connected to Unity environment with package version (\\S+) and communication version (\\S+)$",
                    line -> new ConsoleLine.Connected(line.group(1), line.group(2))),
            new Rule(
                    "^\\[INFO] Connected new brain: (.+?)(?:\\?team=\\d+)?$",
                    line -> new ConsoleLine.BehaviorFound(line.group(1))),
            new Rule("^\\[INFO] Exported (.+\\.onnx)$", line -> new ConsoleLine.Exported(line.group(1))),
            new Rule(
                    "^\\[INFO] Copied (.+\\.onnx) to (.+\\.onnx)\\.$",
                    line -> new ConsoleLine.Copied(line.group(1), line.group(2))),
            new Rule("^\\[INFO] Learning was interrupted\\..*$", line -> new ConsoleLine.Interrupted()),
            new Rule(
                    "^\\[INFO] Resuming training from step (\\d{1,18})\\.$",
                    line -> new ConsoleLine.Resumed(Long.parseLong(line.group(1)))),
            new Rule(
                    "^\\[WARNING] Restarting worker\\[(\\d{1,9})] after '(.*)'$",
                    line -> new ConsoleLine.RestartingWorker(Integer.parseInt(line.group(1)), line.group(2))),
            new Rule(
                    "^\\[ERROR] Worker (\\d{1,9}) exceeded the allowed number of restarts\\.$",
                    line -> new ConsoleLine.RestartsExceeded(Integer.parseInt(line.group(1)))),
            new Rule("^\\[ERROR] (.*)$", line -> new ConsoleLine.LoggedError(line.group(1))));

    private ConsoleParser() {}

    /** What the line means; {@link ConsoleLine.Other} when it is none of the known ones. */
    public static ConsoleLine parse(String line) {
        if (line.startsWith("[")) {
            for (Rule rule : RULES) {
                Matcher matcher = rule.pattern.matcher(line);
                if (matcher.matches()) {
                    return rule.meaning.apply(matcher);
                }
            }
        }
        return new ConsoleLine.Other(line);
    }

    private static ConsoleLine progress(MatchResult line) {
        return new ConsoleLine.Progress(
                line.group("behavior"),
                Long.parseLong(line.group("step")),
                Double.parseDouble(line.group("elapsed")),
                finite(line.group("mean")),
                finite(line.group("std")));
    }

    private static @Nullable Double finite(@Nullable String number) {
        return number == null || number.endsWith("inf") || number.equals("nan") ? null : Double.valueOf(number);
    }

    private record Rule(Pattern pattern, Function<MatchResult, ConsoleLine> meaning) {
        Rule(String regex, Function<MatchResult, ConsoleLine> meaning) {
            this(Pattern.compile(regex), meaning);
        }
    }
}
