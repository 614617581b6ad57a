#!/usr/bin/env python3
"""Makes one wheel per platform: the self-contained galatent as a command of the environment, and the module python/galatent.

    eng/publish.sh && eng/wheel.py [--standalone FOLDER] [--out FOLDER]

One wheel for each file that eng/publish.sh has made. Needs only Python. The same files give the same bytes.
"""

import argparse
import base64
import hashlib
import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# .NET 10 asks for glibc 2.27 (Ubuntu 18.04, Debian 10, RHEL 8) and macOS 14; pip knows no name for a Windows version.
PLATFORMS = {"linux-x64": "manylinux_2_27_x86_64", "win-x64": "win_amd64", "osx-arm64": "macosx_14_0_arm64"}

METADATA = """Metadata-Version: 2.1
Name: galatent
Version: {version}
Summary: Learns, without labels, what a large set of galaxy spectra contains, and shows what it learnt.
License: MIT
Requires-Python: >=3.9
Requires-Dist: h5py
Requires-Dist: numpy
Description-Content-Type: text/markdown

{description}"""


def version():
    return re.search(r"<Version>(.*?)</Version>", (ROOT / "Directory.Build.props").read_text(encoding="utf-8"))[1]


def contents(executable, tag):
    """What the wheel holds: name, bytes, whether it can be run."""
    info = f"galatent-{version()}.dist-info"
    readme = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    wheel = f"Wheel-Version: 1.0\nGenerator: eng/wheel.py\nRoot-Is-Purelib: false\nTag: py3-none-{tag}\n"
    yield "galatent/__init__.py", (ROOT / "python" / "galatent" / "__init__.py").read_bytes(), False
    yield f"galatent-{version()}.data/scripts/{executable.name}", executable.read_bytes(), True
    yield f"{info}/METADATA", METADATA.format(version=version(), description=readme).encode(), False
    yield f"{info}/WHEEL", wheel.encode(), False
    for name in ("LICENSE", "NOTICE"):
        yield f"{info}/licenses/{name}", (ROOT / name).read_bytes(), False


def make(executable, tag, folder):
    path = folder / f"galatent-{version()}-py3-none-{tag}.whl"
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        def put(name, data, can_run):
            entry = zipfile.ZipInfo(name)  # of 1980: no clock in the bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if can_run else 0o100644) << 16
            wheel.writestr(entry, data)

        for name, data, can_run in contents(executable, tag):
            put(name, data, can_run)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(data)}\n")
        name = f"galatent-{version()}.dist-info/RECORD"
        put(name, "".join([*record, f"{name},,\n"]).encode(), False)
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--standalone", type=Path, default=ROOT / "artifacts" / "standalone", help="where eng/publish.sh put its files")
    parser.add_argument("--out", type=Path, default=ROOT / "artifacts" / "wheels")
    arguments = parser.parse_args()
    found = [(file, tag) for platform, tag in PLATFORMS.items() for file in arguments.standalone.glob(f"{platform}/galatent*")]
    if not found:
        parser.error(f"'{arguments.standalone}' holds no published file; run eng/publish.sh first.")
    arguments.out.mkdir(parents=True, exist_ok=True)
    for file, tag in found:
        make(file, tag, arguments.out)


if __name__ == "__main__":
    main()
