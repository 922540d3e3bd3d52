"""Any model that sentence-transformers can load, by name or by folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from tqcheck.encoders.base import plain
from tqcheck.errors import UnavailableError

_EXTRA = 'pip install "tqcheck[sentence-transformers]"'
# Bytes at either end of a file by which its content is told apart.
_ENDS = 1 << 16


class SentenceTransformers:
    """A model of the user's choice; which languages it knows is for the user to say."""

    languages: frozenset[str] = frozenset()

    def __init__(self, wanted: str) -> None:
        """Take a name on the Hugging Face hub or the path of a folder. Raises UnavailableError where
        that can be told without loading."""
        self.name = wanted
        self._folder = Path(wanted).expanduser()
        if find_spec("sentence_transformers") is None or find_spec("torch") is None:
            raise UnavailableError(f"encoder “{wanted}” needs sentence-transformers, which is not installed: {_EXTRA}")
        if not self._folder.is_dir() and (self._folder.is_absolute() or wanted.startswith((".", "~"))):
            raise UnavailableError(f"encoder “{wanted}”: there is no such folder; give that of a downloaded model")

    @cached_property
    def revision(self) -> str:
        """What the files of the model hold, and where it runs: processors round differently."""
        model = self._model
        content = _fingerprint(self._folder) if self._folder.is_dir() else _commit(model)
        return f"{content}-{model.device.type}"

    @cached_property
    def _model(self) -> Any:
        library, torch = import_module("sentence_transformers"), import_module("torch")
        worker = parent_process() is not None
        if worker:
            torch.set_num_threads(1)
        # A CUDA context does not survive the fork that made a worker process.
        device = "cpu" if worker or not torch.cuda.is_available() else "cuda"
        if self._folder.is_dir():
            if not any(self._folder.joinpath(name).is_file() for name in ("modules.json", "config.json")):
                raise self._unavailable("it holds no model (neither modules.json nor config.json)")
            try:
                return library.SentenceTransformer(str(self._folder), device=device, local_files_only=True)
            except Exception as error:  # whatever a damaged file makes of it
                raise self._unavailable(f"it cannot be loaded ({_said(error)})") from error
        try:
            return library.SentenceTransformer(self.name, device=device, local_files_only=True)
        except Exception:  # not downloaded yet
            try:
                return library.SentenceTransformer(self.name, device=device)
            except Exception as error:
                raise UnavailableError(
                    f"encoder “{self.name}” is not on this machine and could not be downloaded ({_said(error)}); "
                    f"run “hf download {self.name}” where there is a network, or give the path of a model folder"
                ) from error

    def _unavailable(self, why: str) -> UnavailableError:
        return UnavailableError(f"encoder “{self.name}”: {why}; download the model again into this folder")

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return unit vectors; neighbours may change them in the last bits."""
        import numpy as np

        if not texts:
            return np.zeros((0, self._model.encode(["a"]).shape[1]), np.float32)
        vectors = self._model.encode(
            [plain(text) for text in texts], normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, np.float32)


def _said(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200]}" if lines else type(error).__name__


def _commit(model: Any) -> str:
    config = getattr(getattr(model[0], "auto_model", None), "config", None)
    return str(getattr(config, "_commit_hash", None) or "unknown")[:12]


def _fingerprint(folder: Path) -> str:
    """Return a digest of the names, sizes and both ends of the files: of gigabytes in no time."""
    digest = blake2b(digest_size=6)
    for path in _files(folder):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode("utf-8", "replace"))
        with path.open("rb") as handle:
            digest.update(handle.read(_ENDS))
            handle.seek(max(0, size - _ENDS))
            digest.update(handle.read(_ENDS))
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for place, _folders, names in sorted(os.walk(folder)):
        yield from (Path(place, name) for name in sorted(names) if Path(place, name).is_file())
