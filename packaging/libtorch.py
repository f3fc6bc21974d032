#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Puts LibTorch into the user's cache folder and prints where it is.

LibTorch is the C++ part of the torch wheel; the wheels and their checksums are pinned in the two lists beside
this file. They are downloaded by pip but not installed: they are unpacked into one folder that every clone
shares. A wheel's RECORD, the list of its files and their sizes, is put in place last. So a wheel without
RECORD, or with a file that is missing or has another size, is broken and is fetched again.
"""
import collections
import csv
import ctypes
import fcntl
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
# pip wants every platform tag named that one of the wheels carries.
PLATFORMS = ["manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_25_x86_64",
             "manylinux_2_18_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64",
             "manylinux_2_12_x86_64", "manylinux_2_5_x86_64"]
GIB = 1024 ** 3

Wheel = collections.namedtuple("Wheel", "name version line")


class SetupError(Exception):
    """Its text tells the user what happened and what to do."""


def read_list(path):
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return [Wheel(*re.match(r"([\w-]+)==([\w.]+) ", line).groups(), line) for line in lines]


def has_nvidia_driver():
    choice = os.environ.get("EMEND_NVIDIA", "")
    if choice in ("yes", "no"):
        return choice == "yes"
    if not os.path.exists("/dev/nvidiactl") and not shutil.which("nvidia-smi"):
        return False
    try:
        ctypes.CDLL("libcuda.so.1")
        return True
    except OSError:
        return False


def cache_folder(version):
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(cache) / "emend" / ("libtorch-" + version)


def installed_torch(version):
    """The folder that holds this Python's own torch if it is of that version, else None."""
    found = importlib.util.find_spec("torch")
    if not found or not found.origin:
        return None
    folder = pathlib.Path(found.origin).parent.parent
    is_that_version = any(folder.glob("torch-{}*.dist-info".format(version)))
    return folder if is_that_version and (folder / "torch/lib/libtorch_cpu.so").exists() else None


def record_of(folder, wheel):
    name = wheel.name.replace("-", "_")
    return folder / "{}-{}.dist-info".format(name, wheel.version) / "RECORD"


def is_whole(folder, wheel):
    try:
        with record_of(folder, wheel).open(newline="") as rows:
            return all(os.stat(folder / path).st_size == int(size)
                       for path, _, size in csv.reader(rows) if size)
    except (OSError, ValueError):
        return False


def say(text):
    print(text, file=sys.stderr, flush=True)


def download(wheels, target):
    wanted = target / "wanted.txt"
    wanted.write_text("\n".join(wheel.line for wheel in wheels) + "\n")
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-cache-dir",
               "--no-deps", "--only-binary=:all:", "--python-version", "3.11", "--implementation", "cp",
               "--require-hashes", "--requirement", str(wanted), "--dest", str(target)]
    for platform in PLATFORMS:
        command += ["--platform", platform]
    # The temporary folder of the system may be small, the wheels are not.
    environment = dict(os.environ, TMPDIR=str(target))
    for _ in range(3):
        if subprocess.run(command, env=environment, stdout=sys.stderr).returncode == 0:
            return sorted(target.glob("*.whl"))
    raise SetupError("LibTorch could not be downloaded; the lines above say why. Check the network and "
                     "run ./dev setup again.")


def unpack(archive, target):
    with zipfile.ZipFile(archive) as wheel:
        for entry in wheel.infolist():
            path = wheel.extract(entry, target)  # compares the checksum of each file
            if not entry.is_dir() and entry.external_attr >> 16 & 0o111:
                os.chmod(path, 0o755)


def move_into_place(unpacked, folder):
    """File by file, because the wheels share folders; each RECORD comes last."""
    records = sorted(unpacked.glob("*.dist-info/RECORD"))
    for record in records:
        place = folder / record.relative_to(unpacked)
        if place.exists():
            place.unlink()
    others = (path for path in unpacked.rglob("*") if path.is_file() and path not in records)
    for path in [*others, *records]:
        place = folder / path.relative_to(unpacked)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, place)


def check_free_space(folder, wheels):
    needed = sum(2.0 if wheel.name == "torch" else 0.6 for wheel in wheels)
    free = shutil.disk_usage(folder).free / GIB
    if free < needed:
        raise SetupError("LibTorch needs {:.1f} GiB in {}, but {:.1f} GiB are free. Make room, or let "
                         "XDG_CACHE_HOME name a larger disk.".format(needed, folder, free))


def fetch(wheels, folder):
    check_free_space(folder.parent, wheels)
    say("Fetching LibTorch into {}: {}".format(folder, ", ".join(wheel.name for wheel in wheels)))
    with tempfile.TemporaryDirectory(prefix=folder.name + ".part-", dir=folder.parent) as part:
        part = pathlib.Path(part)
        for archive in download(wheels, part):
            unpack(archive, part / "unpacked")
            archive.unlink()
        move_into_place(part / "unpacked", folder)


def ensure(folder, wheels):
    def broken():
        return [wheel for wheel in wheels if not is_whole(folder, wheel)]

    if not broken():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(str(folder) + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another clone may be at it
        for left_over in folder.parent.glob(folder.name + ".part-*"):
            shutil.rmtree(left_over, ignore_errors=True)
        missing = broken()
        if missing:
            fetch(missing, folder)
        if broken():
            raise SetupError("LibTorch in {} is still not whole. Delete that folder and run ./dev setup "
                             "again.".format(folder))


def main():
    wheels = read_list(HERE / "libtorch-wheels.txt")
    version = wheels[0].version
    if "--installed-will-do" in sys.argv[1:]:
        installed = installed_torch(version)
        if installed:
            print(installed)
            return
    folder = cache_folder(version)
    if has_nvidia_driver():
        wheels += read_list(HERE / "libtorch-wheels-nvidia.txt")
    try:
        ensure(folder, wheels)
    except (SetupError, OSError, zipfile.BadZipFile) as error:
        sys.exit(str(error))
    print(folder)


if __name__ == "__main__":
    main()
