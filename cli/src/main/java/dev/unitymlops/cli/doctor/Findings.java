package dev.unitymlops.cli.doctor;

import dev.unitymlops.cli.terminal.Say;
import dev.unitymlops.cli.terminal.Table;
import dev.unitymlops.runtime.ExitCode;
import java.util.List;
import java.util.stream.Collectors;

/** Answers with findings: a table, and what was expected with its remedy where that is not there, or a JSON object for each. */
public final class Findings {
    private Findings() {}

    /** Returns {@link ExitCode#MISSING} when something needed is not ok. */
    public static ExitCode answer(Say say, List<Finding> findings) {
        if (say.json()) {
            findings.forEach(finding -> say.answer(finding, ""));
        } else {
            say.text(table(findings) + remedies(findings));
        }
        boolean wrong = findings.stream().anyMatch(finding -> finding.needed() && !finding.ok());
        return wrong ? ExitCode.MISSING : ExitCode.DONE;
    }

    private static String table(List<Finding> findings) {
        var table = new Table("CHECK", "", "FOUND");
        findings.forEach(finding -> table.row(finding.check(), finding.verdict(), finding.found()));
        return table.text();
    }

    private static String remedies(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.ok())
                .map(finding -> "\n" + finding.check() + (finding.needed() ? "" : " (not needed)") + ": expected "
                        + finding.expected() + "; " + finding.remedy())
                .collect(Collectors.joining());
    }
}
