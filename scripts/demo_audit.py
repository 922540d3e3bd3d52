"""Audit the sample feeds on two days, and show what became of them: `make demo-audit`.

Nothing leaves this machine: a small site on it serves the feeds. On the second day one feed is far worse, and one
article is repaired.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.sample_site import served


def main(folder: Path) -> None:
    """Audit both days into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / "audit.sqlite"
    for part in folder.glob("audit.sqlite*"):
        part.unlink()
    with served() as site:
        for site.day in (1, 2):
            print(f"Day {site.day}", flush=True)
            tqcheck("run", f"{site.address}/feeds.opml", "--allow-private", "--delay", "0", "--store", str(store))
    tqcheck("report", "--store", str(store))
    for format_, name in (("html", "report.html"), ("atom", "findings.xml")):
        tqcheck("report", "--store", str(store), "--format", format_, "--output", str(folder / name))
    tqcheck("export", str(folder / "parquet"), "--store", str(store))
    print(f"\nOpen {folder / 'report.html'} in a browser.")


def tqcheck(*arguments: str) -> None:
    """Run a command of the audit. Its messages come in order with ours."""
    subprocess.run([sys.executable, "-m", "tqcheck", "audit", *arguments], check=True, stderr=subprocess.STDOUT)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo-audit"))
