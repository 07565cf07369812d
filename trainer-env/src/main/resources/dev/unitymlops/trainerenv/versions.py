"""Prints name=version, one per line, of what the trainer depends on; imports none of it, so that a broken package is still named."""
import importlib.metadata
import platform

print("python=" + platform.python_version())
for name in ("mlagents", "torch", "numpy", "protobuf", "setuptools", "onnx", "grpcio"):
    try:
        print(name + "=" + importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        pass
