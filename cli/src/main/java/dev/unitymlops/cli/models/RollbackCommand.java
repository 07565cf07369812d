package dev.unitymlops.cli.models;

import dev.unitymlops.registry.registration.ParentModel;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mlops models rollback}. */
@Command(
        name = "rollback",
        description = "Give production back to the version that had it before; the two change places.")
final class RollbackCommand implements Callable<Integer> {
    private final FindRegistry find;
    private final MoveAlias move;

    @Parameters(paramLabel = "MODEL", description = "<asset id>/<behavior>.")
    private String name = "";

    @Mixin
    private MoveOptions options = new MoveOptions();

    RollbackCommand(FindRegistry find, MoveAlias move) {
        this.find = find;
        this.move = move;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ParentModel model = VersionName.model(name);
        try (OpenRegistry registry = find.open()) {
            ParentModel known = registry.history(model).parent();
            return move.of(registry, MoveAlias.Wish.rollback(known), options.asked(false), options.tells());
        }
    }
}
