"""Makes the .onnx files beside it with ML-Agents' own exporter: policies as mlagents-learn builds them, untrained.

Run it with the Python of the trainer's environment: <environment>/bin/python make_models.py
"""
from pathlib import Path

import onnx
import torch
from mlagents.torch_utils import default_device  # noqa: F401 - sets the device up
from mlagents.trainers.policy.torch_policy import TorchPolicy
from mlagents.trainers.settings import EncoderType, NetworkSettings
from mlagents.trainers.torch_entities.model_serialization import ModelSerializer
from mlagents.trainers.torch_entities.networks import SimpleActor
from mlagents_envs.base_env import (
    ActionSpec,
    BehaviorSpec,
    DimensionProperty,
    ObservationSpec,
    ObservationType,
)

HERE = Path(__file__).parent
VECTOR = (DimensionProperty.NONE,)
PICTURE = (
    DimensionProperty.NONE,
    DimensionProperty.TRANSLATIONAL_EQUIVARIANCE,
    DimensionProperty.TRANSLATIONAL_EQUIVARIANCE,
)


def sensor(*shape):
    properties = VECTOR if len(shape) == 1 else PICTURE
    return ObservationSpec(shape, properties, ObservationType.DEFAULT, "sensor")


def policy(sensors, actions, memory=None, squash=False):
    torch.manual_seed(7)
    settings = NetworkSettings(
        hidden_units=4,
        num_layers=1,
        normalize=True,
        vis_encode_type=EncoderType.FULLY_CONNECTED,
        memory=memory,
    )
    arguments = {"conditional_sigma": squash, "tanh_squash": squash}
    return TorchPolicy(7, BehaviorSpec(sensors, actions), settings, SimpleActor, arguments)


def export(name, made):
    ModelSerializer(made).export_policy_model(str(HERE / name))


FOUR = [sensor(4)]
TWO_CONTINUOUS = ActionSpec.create_continuous(2)

export("continuous", policy(FOUR, TWO_CONTINUOUS))
export("sac", policy(FOUR, TWO_CONTINUOUS, squash=True))
export("discrete", policy(FOUR, ActionSpec.create_discrete((3, 2))))
export("hybrid", policy(FOUR, ActionSpec(2, (3, 2))))
MEMORY = NetworkSettings.MemorySettings(sequence_length=4, memory_size=8)
export("memory", policy(FOUR, ActionSpec(2, (3, 2)), MEMORY))
# Sensors in the order of their names: a grid with two tags, then the vector.
export("grid", policy([sensor(2, 5, 5), sensor(4)], TWO_CONTINUOUS))

# A training that diverged leaves weights that are not numbers.
diverged = policy(FOUR, TWO_CONTINUOUS)
with torch.no_grad():
    for parameter in diverged.actor.action_model.parameters():
        parameter.fill_(float("nan"))
export("diverged", diverged)


def changed(source, name, change):
    model = onnx.load(str(HERE / f"{source}.onnx"))
    change(model)
    onnx.save(model, str(HERE / f"{name}.onnx"))


def constant(model, output, values):
    """Gives the constant that an output shows other values."""
    source = next(node.input[0] for node in model.graph.node if output in node.output)
    tensor = next(tensor for tensor in model.graph.initializer if tensor.name == source)
    tensor.CopyFrom(onnx.helper.make_tensor(source, tensor.data_type, tensor.dims, values))


def fixed_batch(model):
    for tensor in model.graph.input:
        tensor.type.tensor_type.shape.dim[0].dim_value = 1


def elsewhere(location):
    def change(model):
        tensor = next(t for t in model.graph.initializer if len(t.raw_data) >= 16)
        data = tensor.raw_data
        if location == "external.bin":
            (HERE / location).write_bytes(data)
        tensor.ClearField("raw_data")
        tensor.data_location = onnx.TensorProto.EXTERNAL
        entry = tensor.external_data.add()
        entry.key, entry.value = "location", location

    return change


def in_subgraph(model):
    """An If whose branch holds a constant that lies in another file."""
    hidden = onnx.helper.make_tensor("hidden", onnx.TensorProto.FLOAT, [1], [1.0])
    hidden.ClearField("float_data")
    hidden.data_location = onnx.TensorProto.EXTERNAL
    entry = hidden.external_data.add()
    entry.key, entry.value = "location", "external.bin"
    out = onnx.helper.make_tensor_value_info("branch_out", onnx.TensorProto.FLOAT, [1])
    node = onnx.helper.make_node("Constant", [], ["branch_out"], value=hidden)
    branch = onnx.helper.make_graph([node], "branch", [], [out])
    condition = onnx.helper.make_tensor("condition", onnx.TensorProto.BOOL, [], [True])
    model.graph.initializer.append(condition)
    node = onnx.helper.make_node("If", ["condition"], ["unused"], then_branch=branch, else_branch=branch)
    model.graph.node.append(node)


def endless(model):
    """A Loop that counts to 2^62 before the version number is known: loads, but never answers."""
    trips = onnx.helper.make_tensor("trips", onnx.TensorProto.INT64, [], [2**62])
    go_on = onnx.helper.make_tensor("go_on", onnx.TensorProto.BOOL, [], [True])
    zero = onnx.helper.make_tensor("zero", onnx.TensorProto.FLOAT, [1], [0.0])
    model.graph.initializer.extend([trips, go_on, zero])
    value = onnx.helper.make_tensor_value_info
    body = onnx.helper.make_graph(
        [
            onnx.helper.make_node("Identity", ["cond_in"], ["cond_out"]),
            onnx.helper.make_node("Add", ["sum_in", "zero"], ["sum_out"]),
        ],
        "body",
        [
            value("i", onnx.TensorProto.INT64, []),
            value("cond_in", onnx.TensorProto.BOOL, []),
            value("sum_in", onnx.TensorProto.FLOAT, [1]),
        ],
        [value("cond_out", onnx.TensorProto.BOOL, []), value("sum_out", onnx.TensorProto.FLOAT, [1])],
    )
    for node in model.graph.node:
        node.output[:] = ["settled" if name == "version_number" else name for name in node.output]
    node = onnx.helper.make_node("Loop", ["trips", "go_on", "settled"], ["version_number"], body=body)
    model.graph.node.append(node)


changed("continuous", "fixed-batch", fixed_batch)
changed("continuous", "external", elsewhere("external.bin"))
changed("continuous", "external-outside", elsewhere("../../hidden.bin"))
changed("continuous", "external-subgraph", in_subgraph)
changed("continuous", "endless", endless)
changed("continuous", "old-version", lambda model: constant(model, "version_number", [1.0]))
