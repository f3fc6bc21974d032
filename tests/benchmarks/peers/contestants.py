# SPDX-License-Identifier: Apache-2.0
"""Those that compare.py asks in turn. Each is made from the options and has run(): one batch."""
import os
import subprocess
import tempfile

import torch

import networks

TYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class LeftOut(Exception):
    """This one cannot take part; the text says why."""


def image(options):
    torch.manual_seed(1)
    return torch.randn(options.batch, 1, options.size, options.size, device=options.device)


class Emend:
    """emend-cli in a process of its own, which waits for a line and answers with another."""

    def __init__(self, options, program):
        command = [program, "benchmark", options.mode, "--network", options.net, "--size", str(options.size),
                   "--batch", str(options.batch), "--precision", options.emend_precision or options.precision,
                   "--threads", str(options.threads), "--device", options.device, "--serve"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.expect("ready")

    def expect(self, word):
        line = self.process.stdout.readline().strip()
        if line != word:
            raise LeftOut(f"emend-cli said {line!r}")

    def run(self):
        self.process.stdin.write("run 1\n")
        self.process.stdin.flush()
        self.expect("done")


class TorchInference:
    def __init__(self, options, layout=torch.contiguous_format, is_compiled=False):
        network = networks.Predictor(networks.UNet(options.net)).eval().to(options.device, memory_format=layout)
        self.x = image(options).to(memory_format=layout)
        self.type = TYPES[options.precision]
        self.device = options.device
        self.network = torch.compile(network, options={"max_autotune": True, "freezing": True}) if is_compiled else network

    def run(self):
        is_short = self.type != torch.float32
        with torch.inference_mode(), torch.autocast(torch.device(self.device).type, self.type, enabled=is_short):
            self.network(self.x)
        finish(self.device)


class TorchTraining:
    def __init__(self, options, layout=torch.contiguous_format, is_compiled=False):
        self.network = networks.UNet(options.net).train().to(options.device, memory_format=layout)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), 1e-3, weight_decay=1e-4)
        self.x = image(options).to(memory_format=layout)
        self.type = TYPES[options.precision]
        self.device = options.device
        self.forward = torch.compile(self.network) if is_compiled else self.network
        with torch.no_grad():
            answer = self.network(self.x)
        self.targets = torch.randint(0, 2, (options.batch, *answer.shape[2:]), device=options.device)

    def run(self):
        self.optimiser.zero_grad()
        is_short = self.type != torch.float32
        with torch.autocast(torch.device(self.device).type, self.type, enabled=is_short):
            logits = self.forward(self.x)
        networks.loss(logits, self.targets).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        finish(self.device)


class OnnxRuntime:
    """provider: TensorRT is asked for through ONNX Runtime too."""

    def __init__(self, options, provider):
        if options.precision != "fp32":
            raise LeftOut("it is run in FP32 only")
        try:
            import onnxruntime
        except ImportError:
            raise LeftOut("it is not installed")
        if provider not in onnxruntime.get_available_providers():
            raise LeftOut(f"it has no {provider}")
        network = networks.Predictor(networks.UNet(options.net)).eval()
        self.x = image(options).cpu().numpy()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "network.onnx")
            torch.onnx.export(network, (torch.from_numpy(self.x),), path, dynamo=False, input_names=["x"])
            settings = onnxruntime.SessionOptions()
            settings.intra_op_num_threads = options.threads
            self.session = onnxruntime.InferenceSession(path, settings, providers=[provider])

    def run(self):
        self.session.run(None, {"x": self.x})


def finish(device):
    if device != "cpu":
        torch.cuda.synchronize()


def contestants(options, program):
    """Name to what makes it."""
    last = torch.channels_last
    made = {"emend": lambda: Emend(options, program)}
    kind = TorchInference if options.mode == "inference" else TorchTraining
    made["eager"] = lambda: kind(options)
    made["eager-last"] = lambda: kind(options, last)
    made["compile"] = lambda: kind(options, last, True)
    if options.mode == "inference":
        onnx_provider = "CPUExecutionProvider" if options.device == "cpu" else "CUDAExecutionProvider"
        made["ort"] = lambda: OnnxRuntime(options, onnx_provider)
        if options.device != "cpu":
            made["tensorrt"] = lambda: OnnxRuntime(options, "TensorrtExecutionProvider")
    return made
