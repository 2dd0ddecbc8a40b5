"""Ask whether anything that requirements.lock pins has a known vulnerability: ``python .ci/audit.py FOLDER``.

FOLDER is where pip-audit is installed, at the first time. The packages of every extra are asked for, on every platform.

It ends with 1 where a vulnerability is known that a newer version mends, naming both: `make lock UPGRADE=1` takes the
newer one. What nobody has mended yet is told and no failure. Where the service of vulnerabilities is out of reach
nothing is asked, and that is said: a checkout without a network must still be able to pass.
"""

import json
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TOOL = "pip-audit==2.10.1"
LOCK = Path("requirements.lock")
SERVICE = "https://api.osv.dev/v1/query"
"""Where pip-audit asks, of the Open Source Vulnerabilities database."""
PATIENCE = 10.0
ENTRY = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)


def pinned(lock: str) -> list[str]:
    """The packages that a lock pins, without markers and hashes."""
    return sorted({f"{found['name']}=={found['version']}" for found in ENTRY.finditer(lock)})


def unreachable(service: str = SERVICE) -> str:
    """Why the service cannot be asked; empty when it can."""
    question = json.dumps({"package": {"name": "pip", "ecosystem": "PyPI"}, "version": "26.0"}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(service, question), timeout=PATIENCE):
            return ""
    except (urllib.error.URLError, OSError, ValueError) as error:
        return str(getattr(error, "reason", None) or error)


def findings(report: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """What pip-audit has found, in a line each: what a newer version mends, and what none does."""
    mended, open_ = [], []
    for package in report["dependencies"]:
        for found in package.get("vulns", ()):
            line = f"{package['name']} {package['version']}: {found['id']}"
            if found["fix_versions"]:
                mended.append(f"{line}, mended in {', '.join(found['fix_versions'])}")
            else:
                open_.append(f"{line}, which no version mends yet")
    return mended, open_


def audit(folder: Path, packages: Sequence[str]) -> Mapping[str, Any] | str:
    """Have pip-audit ask for packages; its report, or why there is none."""
    python = folder / "bin" / "python"
    if not (folder / "bin" / "pip-audit").exists():
        venv.create(folder, with_pip=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", TOOL]
        if subprocess.run(pip, check=False).returncode:
            return f"{TOOL} could not be installed"
    with tempfile.TemporaryDirectory() as made:
        listed, report = Path(made, "packages.txt"), Path(made, "report.json")
        listed.write_text("\n".join(packages), "utf-8")
        asked = subprocess.run(
            [python, "-m", "pip_audit", "--requirement", listed, "--no-deps", "--disable-pip", "--progress-spinner=off",
             "--vulnerability-service=osv", "--format=json", "--output", report],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if not report.exists():
            return next(iter(reversed(asked.stderr.strip().splitlines())), "pip-audit said nothing")
        result: Mapping[str, Any] = json.loads(report.read_text("utf-8"))
        return result


def main(folder: Path, service: str = SERVICE) -> int:
    """Ask, and say what was found; answers the exit code."""
    packages = pinned(LOCK.read_text("utf-8"))
    why = unreachable(service)
    report = why or audit(folder, packages)
    if isinstance(report, str):
        print(f"audit skipped: nothing was asked about {len(packages)} packages, because {service} is needed: {report}")
        return 0
    mended, open_ = findings(report)
    for line in (*mended, *open_):
        print(line)
    print(f"audit: {len(packages)} packages, {len(mended)} vulnerabilities to be mended, {len(open_)} without a cure")
    return 1 if mended else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
