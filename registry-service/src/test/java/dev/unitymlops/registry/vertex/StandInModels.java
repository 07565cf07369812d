package dev.unitymlops.registry.vertex;

import com.google.cloud.aiplatform.v1.Model;
import com.google.cloud.aiplatform.v1.UploadModelRequest;
import com.google.cloud.aiplatform.v1.UploadModelResponse;
import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Models and operations as Vertex AI keeps them: numbers rise and are never given twice, an alias belongs to one version,
 * operations take a while, listings lag. Time is counted in calls. Thread-safe.
 */
final class StandInModels {

    /** A model's first version has it until another one gets it; never has none. */
    private static final String DEFAULT = "default";

    private static final int SLOWEST = 12;

    /** In seconds; each version is one younger than the one before. */
    private static final long EPOCH = 1_770_000_000;

    private final Faults faults;
    private final Map<String, TreeMap<Integer, Model>> versions = new HashMap<>();
    private final Map<String, Integer> lastNumber = new HashMap<>();
    private final Map<String, Integer> listedFrom = new HashMap<>();
    private final Map<String, Running> operations = new LinkedHashMap<>();
    private boolean held;
    private boolean cancelsTooLate;
    private int calls;
    private int uploads;

    StandInModels(Faults faults) {
        this.faults = faults;
    }

    private static final class Running {
        private final int due;
        private final Supplier<Message> act;
        private Operation operation;

        Running(String name, int due, Supplier<Message> act) {
            this.due = due;
            this.act = act;
            this.operation = Operation.newBuilder().setName(name).build();
        }
    }

    /** How many uploads were taken, those of later twins included. */
    synchronized int uploads() {
        return uploads;
    }

    /** All that there is, as it is now. */
    synchronized List<Model> all() {
        settle(Integer.MAX_VALUE);
        return versions.values().stream()
                .flatMap(each -> each.values().stream())
                .toList();
    }

    synchronized Operation upload(UploadModelRequest request) {
        tick();
        boolean first = request.getParentModel().isEmpty();
        String name = first ? request.getParent() + "/models/" + request.getModelId() : request.getParentModel();
        if (first == versions.containsKey(name)) {
            throw (first ? Status.ALREADY_EXISTS : Status.NOT_FOUND)
                    .withDescription(name)
                    .asRuntimeException();
        }
        if (!request.getModel().getArtifactUri().startsWith("gs://")) {
            throw Status.INVALID_ARGUMENT.withDescription("artifact_uri").asRuntimeException();
        }
        uploads++;
        return begin(name, () -> uploaded(name, first, request.getModel()));
    }

    private Message uploaded(String name, boolean first, Model model) {
        if (first && versions.containsKey(name)) {
            throw Status.ALREADY_EXISTS.withDescription(name).asRuntimeException();
        }
        int number = lastNumber.merge(name, 1, Integer::sum);
        TreeMap<Integer, Model> all = versions.computeIfAbsent(name, none -> new TreeMap<>());
        Model.Builder added = model.toBuilder()
                .setName(name)
                .setVersionId(String.valueOf(number))
                .setVersionCreateTime(Timestamp.newBuilder().setSeconds(EPOCH + number))
                .clearVersionAliases();
        if (all.isEmpty()) {
            added.addVersionAliases(DEFAULT);
        } else {
            // Both are the model's, not the version's.
            Model there = all.firstEntry().getValue();
            added.setDisplayName(there.getDisplayName()).setDescription(there.getDescription());
        }
        all.put(number, added.build());
        setAliases(name, number, model.getVersionAliasesList());
        listedFrom.put(name + "@" + number, calls + faults.upTo(5 * SLOWEST));
        return UploadModelResponse.newBuilder()
                .setModel(name)
                .setModelVersionId(String.valueOf(number))
                .build();
    }

    synchronized Operation delete(String name) {
        tick();
        get(name);
        return begin(modelOf(name), () -> {
            TreeMap<Integer, Model> all = versions.get(modelOf(name));
            Model version = all.get(Integer.valueOf(versionOf(name)));
            if (version == null) {
                throw Status.NOT_FOUND.withDescription(name).asRuntimeException();
            }
            if (all.size() == 1 || version.getVersionAliasesList().contains(DEFAULT)) {
                throw Status.FAILED_PRECONDITION
                        .withDescription("the only version, or the default one")
                        .asRuntimeException();
            }
            all.remove(Integer.valueOf(versionOf(name)));
            return Empty.getDefaultInstance();
        });
    }

    synchronized Model get(String name) {
        tick();
        TreeMap<Integer, Model> all = versions.get(modelOf(name));
        if (all == null || all.isEmpty()) {
            throw Status.NOT_FOUND.withDescription(name).asRuntimeException();
        }
        String version = versionOf(name);
        return all.values().stream()
                .filter(each -> version.isEmpty()
                        || each.getVersionId().equals(version)
                        || each.getVersionAliasesList().contains(version))
                .findFirst()
                .orElseThrow(() -> Status.NOT_FOUND.withDescription(name).asRuntimeException());
    }

    synchronized List<Model> listed(String name) {
        tick();
        TreeMap<Integer, Model> all = versions.get(name);
        if (all == null) {
            throw Status.NOT_FOUND.withDescription(name).asRuntimeException();
        }
        return all.values().stream()
                .filter(each -> listedFrom.get(name + "@" + each.getVersionId()) <= calls)
                .toList();
    }

    /** The default version of each model of which one has the label. */
    synchronized List<Model> models(String filter) {
        tick();
        if (!filter.matches("labels\\.\\w+:\\*")) {
            throw Status.INVALID_ARGUMENT.withDescription(filter).asRuntimeException();
        }
        String label = filter.substring("labels.".length(), filter.length() - ":*".length());
        return versions.values().stream()
                .flatMap(all -> all.values().stream())
                .filter(model -> model.getVersionAliasesList().contains(DEFAULT) && model.containsLabels(label))
                .toList();
    }

    /** As the service has it, only fields of a version: its labels and its description. */
    synchronized Model update(Model changed, List<String> fields) {
        tick();
        Model now = get(changed.getName());
        if (!List.of("labels", "version_description").containsAll(fields)) {
            throw Status.FAILED_PRECONDITION.withDescription(fields.toString()).asRuntimeException();
        }
        Model.Builder then = now.toBuilder();
        if (fields.contains("labels")) {
            then.clearLabels().putAllLabels(changed.getLabelsMap());
        }
        if (fields.contains("version_description")) {
            then.setVersionDescription(changed.getVersionDescription());
        }
        versions.get(now.getName()).put(Integer.valueOf(now.getVersionId()), then.build());
        return then.build();
    }

    synchronized Model alias(String name, List<String> aliases) {
        tick();
        get(name);
        if (aliases.contains("-" + DEFAULT)
                || !aliases.stream().allMatch(alias -> alias.matches("-?[a-z][a-zA-Z0-9-]{0,126}[a-z-0-9]"))) {
            throw Status.INVALID_ARGUMENT.withDescription(aliases.toString()).asRuntimeException();
        }
        return setAliases(modelOf(name), Integer.parseInt(versionOf(name)), aliases);
    }

    private Model setAliases(String name, int number, List<String> aliases) {
        TreeMap<Integer, Model> all = versions.get(name);
        for (String alias : aliases) {
            boolean removes = alias.startsWith("-");
            String bare = removes ? alias.substring(1) : alias;
            all.replaceAll((each, model) -> {
                List<String> kept = new ArrayList<>(model.getVersionAliasesList());
                if (each == number || !removes) {
                    kept.remove(bare);
                }
                if (each == number && !removes) {
                    kept.add(bare);
                }
                return model.toBuilder()
                        .clearVersionAliases()
                        .addAllVersionAliases(kept)
                        .build();
            });
        }
        return all.get(number);
    }

    /** No operation ends any more. */
    synchronized void hold() {
        held = true;
    }

    /** They end again. */
    synchronized void release() {
        held = false;
    }

    /** Operations end well when they are to be cancelled. */
    synchronized void cancelTooLate() {
        cancelsTooLate = true;
    }

    synchronized Empty cancel(String name) {
        tick();
        Running running = operations.get(name);
        if (running == null) {
            throw Status.NOT_FOUND.withDescription(name).asRuntimeException();
        }
        if (cancelsTooLate) {
            held = false;
            settle(Integer.MAX_VALUE);
        } else if (!running.operation.getDone()) {
            running.operation = running.operation.toBuilder()
                    .setDone(true)
                    .setError(com.google.rpc.Status.newBuilder().setCode(Status.Code.CANCELLED.value()))
                    .build();
        }
        return Empty.getDefaultInstance();
    }

    synchronized Operation operation(String name) {
        tick();
        Running running = operations.get(name);
        if (running == null) {
            throw Status.NOT_FOUND.withDescription(name).asRuntimeException();
        }
        return running.operation;
    }

    synchronized List<Operation> operations(String model) {
        tick();
        return operations.values().stream()
                .map(each -> each.operation)
                .filter(each -> each.getName().startsWith(model + "/operations/"))
                .toList();
    }

    private Operation begin(String model, Supplier<Message> act) {
        String name = model + "/operations/" + (operations.size() + 1);
        Running running = new Running(name, calls + faults.upTo(SLOWEST), act);
        operations.put(name, running);
        settle(calls);
        return running.operation;
    }

    private void tick() {
        calls++;
        settle(calls);
    }

    /** Ends what is due. */
    private void settle(int now) {
        for (Running running : operations.values()) {
            if (!held && !running.operation.getDone() && running.due <= now) {
                Operation.Builder ended = running.operation.toBuilder().setDone(true);
                try {
                    ended.setResponse(Any.pack(running.act.get()));
                } catch (StatusRuntimeException e) {
                    ended.setError(com.google.rpc.Status.newBuilder()
                            .setCode(e.getStatus().getCode().value())
                            .setMessage(e.getStatus().toString()));
                }
                running.operation = ended.build();
            }
        }
    }

    private static String modelOf(String name) {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }

    private static String versionOf(String name) {
        int at = name.indexOf('@');
        return at < 0 ? "" : name.substring(at + 1);
    }
}
